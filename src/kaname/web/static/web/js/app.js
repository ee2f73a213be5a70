// What pages do better with script. Every one of them works without: these only add speed and echo.
import "./focus.js";
import "./keys.js";
import "./live.js";
import "./palette.js";
import "./file.js";
import "./combobox.js";
import "./copy.js";
import "./rows.js";
import "./echo.js";

// Buttons that need script are born hidden.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A menu closes on Escape and on a click outside it, and gives the focus back.
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.who[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.who[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// What was typed lies on the server, or was done: back and reload ask for the form or the list, not for sending it again.
if (document.querySelector("form[data-kept], [data-done-once]")) history.replaceState(history.state, "", location.href);

// The first thing a person hears after a refused form is what to mend.
document.querySelector(".error-summary, [data-first]")?.focus();
