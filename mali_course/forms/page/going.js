// Ways to a question of the page: data-go="02-05", or "next" for the one that follows; "past" leads
// past many marks. A link with data-go leads to another notebook where the question is not here.

// Whether something is in this page, and not in one that is hidden behind it, as JupyterLab has them.
function isHere(block) {
  let outermost = block;
  for (let fold = block.closest("details"); fold; fold = fold.parentElement.closest("details")) outermost = fold;
  return outermost.getClientRects().length > 0;
}

// A question may stand twice, as a guess before reading and then to be answered: the last is meant.
function questionToGo(from, id) {
  if (id === "past") return from.closest("form").querySelector("[data-past]");
  const all = [...document.querySelectorAll("[data-item]")].filter(isHere);
  if (id !== "next") return all.filter((one) => one.dataset.item === id).at(-1);
  const follows = (one) => from.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  // After the last question comes what says how one is doing.
  return all.find(follows) ?? [...document.querySelectorAll("[data-progress]")].find(follows);
}

function goTo(block) {
  for (let fold = block.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const heading = block.querySelector(".mali-title") ?? block;
  if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
  heading.scrollIntoView({ block: "start" });
  heading.focus({ preventScroll: true });
}

function prepareGoing(root, words) {
  for (const way of root.querySelectorAll("[data-go]")) {
    way.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a link in a tab of its own
      const block = questionToGo(way, way.dataset.go);
      if (!block && way.localName === "a") return;
      event.preventDefault();
      way.parentElement.querySelector(":scope > .mali-not-here")?.remove();
      if (block) return goTo(block);
      const note = document.createElement("span");
      note.className = "mali-not-here";
      note.setAttribute("role", "status");
      way.after(note);
      note.textContent = words.not_here;
    });
  }
}
