// A file field: drop files on it, see names and sizes before sending. <kaname-file> around a plain file input.
import { say } from "./live.js";

class FileField extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector("ul") ?? this.appendChild(document.createElement("ul"));
    this.input.addEventListener("change", () => this.show());
    this.addEventListener("dragover", (event) => { event.preventDefault(); this.classList.add("over"); });
    this.addEventListener("dragleave", () => this.classList.remove("over"));
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      this.classList.remove("over");
      this.input.files = event.dataTransfer.files;
      this.show();
    });
  }

  show() {
    const most = Number(this.dataset.most || 0);
    this.list.replaceChildren(...[...this.input.files].map((file) => {
      const line = document.createElement("li");
      const large = most && file.size > most;
      line.textContent = `${file.name} (${size(file.size)})${large ? ` ${this.dataset.large}` : ""}`;
      if (large) line.className = "error-text";
      return line;
    }));
    say([...this.list.children].map((line) => line.textContent).join(", "));
  }
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(0)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

customElements.define("kaname-file", FileField);
