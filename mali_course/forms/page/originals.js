// The report's own sentences below their digests, and marks that a question keeps back. Python puts them
// into what it makes; what was made before a learner brought the report or removed it, or answered the
// question, follows here.
const ROW = "[data-locator]";

function unmark(row) {
  for (const mark of row.querySelectorAll("mark.mali-hedge")) mark.replaceWith(...mark.childNodes);
  row.querySelector(".mali-hedge-line")?.remove();
}

// What a question kept back of a sentence, now that the learner has it behind: its mark in the place of
// the question mark, and the original with its words marked, where it is there.
function tell(row, html) {
  const told = document.createElement("template");
  told.innerHTML = html;
  const put = (old, name) => {
    const now = told.content.querySelector(name);
    if (old && now) old.replaceWith(now);
  };
  put(row.querySelector(":scope > [data-status=asked]"), ".mali-status-mark");
  put(row.querySelector(":scope > .mali-original:not(:has(mark))"), ".mali-original");
}

function prepareTold(root) {
  const { told } = globalThis.maliCourse ?? {};
  if (!told) return;
  for (const row of root.querySelectorAll(`${ROW}:not([data-plain])`)) {
    if (told[row.dataset.locator]) tell(row, told[row.dataset.locator]);
  }
}

// Forms call this for their new content; the watch below for all else on the page, such as digests.
function prepareOriginals(root) {
  putOriginals(root);
  prepareTold(root);
}

function putOriginals(root) {
  const { originals } = globalThis.maliCourse ?? {};
  if (!originals) return;
  for (const row of root.querySelectorAll(ROW)) {
    const there = row.querySelector(":scope > .mali-original");
    const html = originals[row.dataset.locator];
    if (there && !html) there.remove();
    else if (html && !there) {
      row.insertAdjacentHTML("beforeend", html);
      if (row.hasAttribute("data-plain")) unmark(row); // a question that is still to be answered
    }
  }
  // A heading says whose words stand below it.
  for (const own of root.querySelectorAll(".mali-own"))
    own.hidden = !own.closest("h3, p").nextElementSibling?.querySelector(".mali-original");
}

// From now on these stand in the whole page: locator to HTML; but not what was so before the last time.
function keepOriginals(originals, at) {
  const course = (globalThis.maliCourse ??= {});
  if (at < course.originalsAt) return;
  Object.assign(course, { originals, originalsAt: at });
  watchOriginals(course);
}

// Once a question is behind, from now on in the whole page.
function keepTold(told) {
  const course = (globalThis.maliCourse ??= {});
  course.told = { ...course.told, ...told };
  watchOriginals(course);
}

function watchOriginals(course) {
  prepareOriginals(document);
  if (course.watchingOriginals) return; // once a page, however often this script is loaded
  course.watchingOriginals = true;
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node.nodeType === 1 && node.querySelector(ROW)) prepareOriginals(node);
  }).observe(document.body, { childList: true, subtree: true });
}
