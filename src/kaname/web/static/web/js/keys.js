// Keys of the daily officer. The markup says which: data-key="g i" on a link, button or field; data-rows around rows that
// j and k walk and x selects; data-usual on a row: where `a` leads from it. None acts without a page or an undo: a key
// follows a link, presses a button or goes to a field. Ctrl+Enter presses the first button of the form with data-go, also
// out of its fields. data-takes-row on a button: where nothing is chosen, its key chooses the row at hand first.
import { open as open_palette } from "./palette.js";

const on = () => document.body.dataset.keys === "on";
let prefix = "";
let forget = 0;

addEventListener("keydown", (event) => {
  if (!on() || event.defaultPrevented || event.isComposing || event.keyCode === 229) return; // the input method is at work
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    if (!event.repeat && goes_on(event.target)) event.preventDefault(); // a key held down does not walk through pages
    return;
  }
  if (writes(event.target)) return;
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    if (!document.getElementById("palette")) return;
    event.preventDefault(); // the browser's own search bar
    return open_palette();
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = prefix ? `${prefix} ${event.key}` : event.key;
  drop();
  if (act(key, event.target)) return event.preventDefault();
  if (document.querySelector(`[data-key^="${CSS.escape(event.key)} "]`)) {
    prefix = event.key;
    document.body.dataset.prefix = prefix; // the second keys are shown on their links meanwhile
    forget = setTimeout(drop, 1500);
  }
});

function drop() {
  clearTimeout(forget);
  prefix = "";
  delete document.body.dataset.prefix;
}

function writes(target) {
  return target instanceof Element && target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}

function goes_on(target) {
  const form = document.querySelector("form[data-go]");
  const elsewhere = target.closest?.("form") ?? form;
  if (!form || elsewhere !== form) return false;
  form.querySelector("button:not([type=button])")?.click();
  return true;
}

function act(key, target) {
  if (key === "j") return walk(1);
  if (key === "k") return walk(-1);
  if (key === "x") return pick(target);
  if (key === "a" && here_row()?.dataset.usual) {
    location.assign(here_row().dataset.usual);
    return true;
  }
  const name = `[data-key="${CSS.escape(key)}"]`;
  const here = here_row()?.querySelector(name) ?? document.querySelector(name);
  if (!here || here.hidden) return false;
  if (here.dataset.takesRow !== undefined && !take_row(here)) return false;
  if (here.matches("input, textarea, select")) here.focus();
  else here.click();
  return true;
}

function rows() {
  return [...document.querySelectorAll("[data-rows] [data-row]")].filter((row) => row.offsetParent !== null);
}

function here_row() {
  return document.activeElement?.closest("[data-row]") ?? null;
}

function walk(step) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(here_row());
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))];
  next.querySelector("a, button")?.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function take_row(button) {
  const chosen = [...(button.form?.elements ?? [])].some((box) => box.type === "checkbox" && box.checked);
  return chosen || pick();
}

function pick() {
  const box = here_row()?.querySelector("input[type=checkbox]");
  if (!box) return false;
  box.click();
  return true;
}
