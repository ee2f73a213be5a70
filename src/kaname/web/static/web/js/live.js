// One polite voice a page. A swapped part speaks through data-say: <table data-say="12 件">; scripts call say(text).
const voice = document.getElementById("live");

export function say(text) {
  if (!voice || !text) return;
  voice.textContent = "";
  requestAnimationFrame(() => { voice.textContent = text; });
}

document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail?.ctx?.target ?? event.target;
  const said = target instanceof Element ? target.closest("[data-say]") ?? target.querySelector("[data-say]") : null;
  if (said) say(said.dataset.say);
});

document.addEventListener("htmx:error", () => say(document.body.dataset.offline));
