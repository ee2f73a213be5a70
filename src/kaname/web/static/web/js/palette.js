// The palette (Ctrl+K): a dialog with a combobox over the listbox of /go/. Arrows move the active descendant, Enter goes,
// Escape closes and gives the focus back. Results are counted aloud. Letters still in the input method are left alone.
import { say } from "./live.js";

const dialog = document.getElementById("palette");
const voice = document.getElementById("live");
const home = voice?.parentElement;
let asked = 0;
let under_way = null; // what was asked last: nobody waits for it any more once something newer is asked
let before = null;

for (const link of document.querySelectorAll("[data-palette]")) {
  link.addEventListener("click", (event) => {
    if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
}

if (dialog) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("ul");
  let wait = 0;
  input.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  input.addEventListener("compositionend", later);
  input.addEventListener("keydown", key);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => take(event.target.closest("[role=option]")));
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => {
    home.append(voice);
    input.value = "";
    show([]);
    (before?.isConnected ? before : document.getElementById("main")).focus();
  });

  function later() {
    clearTimeout(wait);
    wait = setTimeout(ask, 60);
  }

  function key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const items = [...list.children];
    const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key];
    if (to !== undefined && items.length) mark(items, event.key.startsWith("Page") ? Math.max(0, Math.min(items.length - 1, to)) : (to + items.length) % items.length);
    else if (event.key === "Enter") take(items[Math.max(0, at)]);
    else return;
    event.preventDefault();
  }

  function take(item) {
    if (!item) return;
    if (item.dataset.switch) document.querySelector(".bar .lang button")?.click();
    else location.assign(item.dataset.href);
  }
}

export function open() {
  if (!dialog || dialog.open) return;
  before = document.activeElement;
  dialog.showModal();
  dialog.append(voice); // what lies outside of an open dialog is not read aloud
  ask();
}

async function ask() {
  const input = dialog.querySelector("input");
  const turn = ++asked;
  const where = new URLSearchParams({ q: input.value, from: location.pathname });
  let found = [];
  under_way?.abort();
  under_way = new AbortController();
  try {
    const answer = await fetch(`${dialog.dataset.from}?${where}`, { headers: { Accept: "application/json" }, signal: under_way.signal });
    if (answer.ok) found = (await answer.json()).items;
  } catch {
    if (turn === asked) say(document.body.dataset.offline);
    return;
  }
  if (turn !== asked || !dialog.open) return; // something newer was typed
  show(found);
  say(found.length ? dialog.dataset.found.replace("{n}", found.length) : dialog.dataset.none);
}

function show(found) {
  const list = dialog.querySelector("ul");
  const input = dialog.querySelector("input");
  list.replaceChildren(...found.map((one, i) => {
    const item = document.createElement("li");
    item.id = `palette-${i}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    Object.assign(item.dataset, { href: one.href, ...(one.switch && { switch: one.switch }) });
    item.append(part("strong", one.label), part("small", [one.sort, one.more].filter(Boolean).join(" · ")));
    if (one.key && document.body.dataset.keys === "on") item.append(part("kbd", one.key));
    return item;
  }));
  list.hidden = !found.length;
  input.setAttribute("aria-expanded", String(found.length > 0));
  mark([...list.children], found.length ? 0 : -1);
}

function part(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function mark(items, at) {
  items.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
  const input = dialog.querySelector("input");
  if (items[at]) {
    input.setAttribute("aria-activedescendant", items[at].id);
    items[at].scrollIntoView({ block: "nearest" });
  } else input.removeAttribute("aria-activedescendant");
}
