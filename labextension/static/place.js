// Keeps what is being read where it is on the screen while questions above it change their height, for
// not every browser does so. Whoever scrolls or presses something meanwhile decides anew.
const ACTS = ["wheel", "touchmove", "pointerdown", "pointerup", "keydown", "keyup", "click"];
const REST = 300; // milliseconds after an act until what is read then is kept

// The cell that begins in the upper part of the view, or else the one that fills it.
function cellInView(notebook, frame) {
  const boxes = notebook.widgets.map((cell) => [cell.node, cell.node.getBoundingClientRect()]);
  const seen = boxes.filter(([, box]) => box.height > 0 && box.bottom > frame.top && box.top < frame.bottom);
  return (seen.find(([, box]) => box.top >= frame.top && box.top < frame.top + frame.height * .6) ?? seen[0])?.[0];
}

// Returns a function that ends it.
export function keepPlace(notebook) {
  const outer = notebook.node.querySelector(".jp-WindowedPanel-outer") ?? notebook.node;
  let anchor, top, rest = 0, next;
  const choose = () => {
    anchor = cellInView(notebook, outer.getBoundingClientRect());
    top = anchor?.getBoundingClientRect().top;
  };
  const act = () => {
    anchor = undefined;
    rest = performance.now() + REST;
  };
  const step = (now) => {
    next = requestAnimationFrame(step);
    if (!notebook.isVisible || now < rest) return;
    if (!anchor?.isConnected) return choose();
    const by = anchor.getBoundingClientRect().top - top;
    if (Math.abs(by) < 1) return;
    outer.scrollTop += by;
    top = anchor.getBoundingClientRect().top; // at the end of the page there is no more to scroll
  };
  for (const name of ACTS) document.addEventListener(name, act, { capture: true, passive: true });
  choose();
  next = requestAnimationFrame(step);
  return () => {
    cancelAnimationFrame(next);
    for (const name of ACTS) document.removeEventListener(name, act, { capture: true });
  };
}
