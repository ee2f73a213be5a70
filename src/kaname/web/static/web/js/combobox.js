// A text field that offers the entries of its <datalist> as a listbox: <kaname-combo> around input and datalist. Any text
// may be typed; arrows choose, Enter takes, Escape closes. With data-from it asks an address for a list (?q=).
import { say } from "./live.js";

let serial = 0;

class Combo extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    const known = this.querySelector("datalist");
    if (!this.input) return;
    this.options = known ? [...known.options].map((o) => ({ value: o.value, label: o.label || o.textContent || o.value })) : [];
    this.input.removeAttribute("list"); // the browser's own list would lie over ours
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: `combo-${++serial}`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.label || "");
    this.append(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id,
      "aria-autocomplete": "list", autocomplete: "off" })) this.input.setAttribute(name, value);
    this.input.addEventListener("input", (event) => { if (!event.isComposing) this.offer(); });
    this.input.addEventListener("compositionend", () => this.offer());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  async offer() {
    const typed = fold(this.input.value);
    const found = (await this.known(typed)).filter((o) => fold(`${o.label} ${o.value}`).includes(typed)).slice(0, 50);
    this.list.replaceChildren(...found.map((option, i) => {
      const item = document.createElement("li");
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.id = `${this.list.id}-${i}`;
      item.dataset.value = option.value;
      item.textContent = option.label === option.value ? option.value : `${option.label} (${option.value})`;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(item); });
      return item;
    }));
    this.open(found.length > 0 && typed !== "");
    if (typed) say(`${found.length}`);
  }

  async known(typed) {
    if (!this.dataset.from || !typed) return this.options;
    const answer = await fetch(`${this.dataset.from}?q=${encodeURIComponent(this.input.value)}`, { headers: { Accept: "application/json" } });
    return answer.ok ? answer.json() : this.options;
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const items = [...this.list.children];
    const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" && this.list.hidden) { this.offer(); }
    else if (event.key === "ArrowDown") { this.mark(items, at + 1); event.preventDefault(); }
    else if (event.key === "ArrowUp" && at >= 0) { this.mark(items, at - 1); event.preventDefault(); }
    else if (event.key === "Enter" && !this.list.hidden && at >= 0) { this.take(items[at]); event.preventDefault(); }
    else if (event.key === "Escape" && !this.list.hidden) { this.close(); event.preventDefault(); event.stopPropagation(); }
  }

  mark(items, at) {
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    const item = items[at];
    if (item) { this.input.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); }
    else this.input.removeAttribute("aria-activedescendant");
  }

  take(item) {
    this.input.value = item.dataset.value;
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  open(yes) {
    this.list.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() { this.open(false); }
}

function fold(text) { return text.normalize("NFKC").toLowerCase().replace(/\s+/g, ""); }

customElements.define("kaname-combo", Combo);
