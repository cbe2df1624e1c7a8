// Keeps what is being read where it is on the screen while questions above it change their height.
// Not every browser does so of itself.

// The cell at the line at which one reads.
function cellInView(notebook, frame) {
  const line = frame.top + frame.height / 4;
  return notebook.widgets.find((cell) => cell.node.getBoundingClientRect().bottom > line)?.node;
}

// Returns a function that ends it.
export function keepPlace(notebook) {
  const outer = notebook.node.querySelector(".jp-WindowedPanel-outer") ?? notebook.node;
  let anchor, top, scrolled, next;
  const choose = () => {
    anchor = cellInView(notebook, outer.getBoundingClientRect());
    top = anchor?.getBoundingClientRect().top;
    scrolled = outer.scrollTop;
  };
  const step = () => {
    next = requestAnimationFrame(step);
    if (!notebook.isVisible) return;
    // Whoever scrolls meanwhile decides anew.
    if (!anchor?.isConnected || outer.scrollTop !== scrolled) return choose();
    const by = anchor.getBoundingClientRect().top - top;
    if (Math.abs(by) < 1) return;
    outer.scrollTop += by;
    scrolled = outer.scrollTop;
    top = anchor.getBoundingClientRect().top; // at the end of the page there is no more to scroll
  };
  outer.style.overflowAnchor = "none";
  choose();
  next = requestAnimationFrame(step);
  return () => {
    cancelAnimationFrame(next);
    outer.style.overflowAnchor = "";
  };
}
