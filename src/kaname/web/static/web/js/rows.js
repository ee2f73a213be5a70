// Rows of a field: "add a row" clones the <template> inside <kaname-rows>; without script the form brings empty rows along.
class Rows extends HTMLElement {
  connectedCallback() {
    this.mould = this.querySelector("template");
    this.add = this.querySelector("[data-add]");
    if (!this.mould || !this.add) return;
    this.add.hidden = false;
    this.next = this.querySelectorAll(":scope > .row").length;
    this.add.addEventListener("click", () => this.more());
  }

  more() {
    const html = this.mould.innerHTML.replaceAll("__n__", String(this.next)).replaceAll("__m__", String(this.next + 1));
    this.next += 1;
    this.add.insertAdjacentHTML("beforebegin", html);
    this.add.previousElementSibling?.querySelector("input, select, textarea")?.focus();
  }
}

customElements.define("kaname-rows", Rows);
