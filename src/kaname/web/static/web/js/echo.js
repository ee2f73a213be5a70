// A day field says how it was read, with weekday and closed day: the server reads, so that there is one reader of dates.
import { say } from "./live.js";

document.addEventListener("change", async (event) => {
  const field = event.target.closest?.("[data-echo]");
  if (!field) return;
  const echo = document.getElementById(field.dataset.echoInto);
  if (!echo) return;
  if (!field.value.trim()) { echo.textContent = ""; return; }
  const answer = await fetch(`${field.dataset.echo}?day=${encodeURIComponent(field.value)}`);
  if (!answer.ok) return;
  const read = await answer.json();
  echo.textContent = read.text;
  say(read.text);
});
