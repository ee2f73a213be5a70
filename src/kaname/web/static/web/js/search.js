// Results follow the typing. The form itself asks (htmx, on "look"); the field is never replaced, so it keeps its focus.
// While an input method composes, nothing is asked: half a reading is not a word.
const form = document.querySelector("form[data-look]");
const field = form?.querySelector("input[type=search]");
let last = field?.value;
let wait = 0;

function look() {
  clearTimeout(wait);
  wait = setTimeout(() => {
    if (field.value.trim() === last?.trim()) return;
    last = field.value;
    form.dispatchEvent(new Event("look", { bubbles: true }));
    history.replaceState(null, "", `${form.getAttribute("hx-get")}?${new URLSearchParams(new FormData(form))}`); // the address holds the view
  }, 250);
}

field?.addEventListener("input", (event) => { if (!event.isComposing) look(); });
field?.addEventListener("compositionend", look);
