// <button hidden data-copy="text" data-done="コピーしました"> copies its text and says so.
import { say } from "./live.js";

for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  say(button.dataset.done);
  button.dataset.was ??= button.textContent;
  button.textContent = `✓ ${button.dataset.done}`;
  setTimeout(() => { button.textContent = button.dataset.was; }, 2000);
});
