// Ways to a question of the page: data-go="02-29"; "next" leads to whatever follows on the page; "past"
// leads past many marks. A link with data-go leads to another notebook where the question is not here.

const CONTENT = "h1, h2, h3, h4, p, ul, ol, table, figure, img, details, .mali-form, .mali-title";
// What stands among the content of a page and is none: bars, what is written in, what is only heard.
const NO_CONTENT = "nav, button, [role=toolbar], [role=tablist], [contenteditable], .cm-editor, .mali-hidden, [aria-hidden=true]";

// Whether something is in this page, and not in one that is hidden behind it, as JupyterLab has them.
function isHere(block) {
  let outermost = block;
  for (let fold = block.closest("details"); fold; fold = fold.parentElement.closest("details")) outermost = fold;
  return outermost.getClientRects().length > 0;
}

// A question may stand twice, as a guess before reading and then to be answered: the last is meant.
function questionToGo(from, id) {
  if (id === "past") return from.closest("form").querySelector("[data-past]");
  if (id === "next") return whatFollows(from.closest(".mali-form") ?? from);
  return [...document.querySelectorAll(`[data-item="${CSS.escape(id)}"]`)].filter(isHere).at(-1);
}

// The content of the page around a form: <main>, or what holds other forms as well, for bars and
// panels stand beside that.
function pageAround(form) {
  const main = form.closest("main");
  if (main) return main;
  let around = form.parentElement;
  while (around !== document.body && around.querySelectorAll(".mali-form").length < 2) around = around.parentElement;
  return around;
}

// What is read next: a heading, a paragraph, a figure, another form. Whoever goes on misses nothing
// that the next question needs.
function whatFollows(form) {
  const isNext = (one) =>
    form.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING && !form.contains(one) &&
    one.getClientRects().length > 0 && !one.closest(NO_CONTENT) && getComputedStyle(one).visibility === "visible" &&
    (one.textContent.trim() || one.matches("img, figure, .mali-form"));
  return [...pageAround(form).querySelectorAll(CONTENT)].find(isNext);
}

function goTo(block) {
  for (let fold = block.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const heading = block.querySelector(".mali-title") ?? block;
  if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
  heading.setAttribute("data-lm-suppress-shortcuts", "true"); // as in keepKeys
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
      note.textContent = way.dataset.go === "next" ? words.no_more : words.not_here;
    });
  }
}
