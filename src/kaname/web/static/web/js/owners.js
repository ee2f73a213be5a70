// The tree of owners and its drawing know of each other: what is chosen in one is marked in both.
const drawing = document.querySelector("svg.owners");
const rows = [...document.querySelectorAll("table.tree tr[data-node]")];

function choose(node, from) {
  for (const one of document.querySelectorAll(".chosen")) one.classList.remove("chosen");
  if (node === undefined) return;
  for (const one of document.querySelectorAll(`[data-node="${CSS.escape(node)}"]`)) one.classList.add("chosen");
  const box = drawing?.querySelector(`[data-node="${CSS.escape(node)}"]`);
  if (from !== "drawing" && box?.closest(".scroll")?.offsetParent) show(box);
}

// Within its own frame only: the page itself stays where the reader is.
function show(box) {
  const frame = box.closest(".scroll");
  const at = box.getBoundingClientRect();
  const around = frame.getBoundingClientRect();
  if (at.left < around.left) frame.scrollLeft -= around.left - at.left + 16;
  if (at.right > around.right) frame.scrollLeft += at.right - around.right + 16;
}

for (const row of rows) {
  row.addEventListener("focusin", () => choose(row.dataset.node));
  row.addEventListener("pointerenter", () => choose(row.dataset.node));
}
drawing?.addEventListener("click", (event) => {
  const box = event.target.closest("[data-node]");
  if (!box) return;
  const row = rows.find((one) => one.dataset.node === box.dataset.node);
  row?.scrollIntoView({ block: "nearest" });
  row?.querySelector("a")?.focus({ preventScroll: true });
  choose(box.dataset.node, "drawing");
});
