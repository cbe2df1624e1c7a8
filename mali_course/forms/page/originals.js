// The report's own sentences below their digests. Python puts them into what it makes; what was made
// before a learner brought the report, or removed it, follows here.
const ROW = "[data-locator]";

function unmark(row) {
  for (const mark of row.querySelectorAll("mark.mali-hedge")) mark.replaceWith(...mark.childNodes);
  row.querySelector(".mali-hedge-line")?.remove();
}

// Forms call this for their new content; the watch below for all else on the page, such as digests.
function prepareOriginals(root) {
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
  const some = Object.keys(originals).length > 0;
  for (const line of root.querySelectorAll(".mali-bring")) line.hidden = some;
}

// From now on these stand in the whole page: locator to HTML; but not what was so before the last time.
function keepOriginals(originals, at) {
  const course = (globalThis.maliCourse ??= {});
  if (at < course.originalsAt) return;
  Object.assign(course, { originals, originalsAt: at });
  prepareOriginals(document);
  if (course.watchingOriginals) return; // once a page, however often this script is loaded
  course.watchingOriginals = true;
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node.nodeType === 1 && node.querySelector(ROW)) prepareOriginals(node);
  }).observe(document.body, { childList: true, subtree: true });
}
