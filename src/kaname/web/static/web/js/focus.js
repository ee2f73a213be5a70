// Focus is never lost when a part of the page is replaced: the element of the same id takes it again, with its caret.
let held = null;

document.addEventListener("htmx:before:swap", () => {
  const at = document.activeElement;
  held = at && at !== document.body && at.id ? { id: at.id, from: at.selectionStart, to: at.selectionEnd } : null;
});

document.addEventListener("htmx:after:swap", () => {
  if (!held || document.activeElement?.id === held.id) return;
  const again = document.getElementById(held.id);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (held.from != null && again.setSelectionRange) {
    try { again.setSelectionRange(held.from, held.to); } catch { /* a field without caret */ }
  }
});

// The part that waits says so.
document.addEventListener("htmx:before:request", (event) => busy(event, "true"));
document.addEventListener("htmx:finally:request", (event) => busy(event, null));

function busy(event, value) {
  const target = event.detail?.ctx?.target;
  if (!(target instanceof Element)) return;
  if (value) target.setAttribute("aria-busy", value);
  else target.removeAttribute("aria-busy");
}
