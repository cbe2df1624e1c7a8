// Lists whose rows are moved up and down, by buttons and by keys. Each row has its place in a hidden
// field; before anything has been moved, all of them are empty.
function prepareMoving(root) {
  for (const list of root.querySelectorAll(".mali-moving")) {
    if (list.maliMoving) continue;
    list.maliMoving = true;
    arrangeRows(list);
    list.closest("form")?.addEventListener("mali:filled", () => arrangeRows(list));
    list.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-move]");
      if (button) moveRow(button.closest("li"), Number(button.dataset.move));
    });
    list.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }[event.key];
      const row = event.target.closest("button[data-move]")?.closest("li");
      if (!by || !row || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      event.preventDefault();
      moveRow(row, by);
    });
  }
}

// The field of a row, which has the number of the row as its name.
const placeOf = (row) => row.querySelector("input[type=hidden]");

function moveRow(row, by) {
  const list = row.parentElement;
  const before = [...list.children];
  // The others move around the row: an element that is moved itself would lose the focus.
  for (let left = Math.abs(by); left > 0; left--) {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) break;
    if (by < 0) row.after(other);
    else row.before(other);
  }
  const rows = [...list.children];
  if (rows.every((one, i) => one === before[i])) return;
  const text = row.querySelector(".mali-moved").textContent;
  const place = rows.indexOf(row) + 1;
  const fields = { text, place, count: rows.length };
  list.nextElementSibling.textContent = list.dataset.said.replace(/\{(\w+)\}/g, (all, name) => fields[name] ?? all);
  rows.forEach((one, i) => {
    placeOf(one).value = i + 1;
    if (one !== before[i]) placeOf(one).dispatchEvent(new Event("input", { bubbles: true }));
  });
  showEnds(list);
  row.scrollIntoView({ block: "nearest" });
  placeOf(row).dispatchEvent(new Event("change", { bubbles: true }));
}

// Not `disabled`: that would take away the focus of who arrives at an end.
function showEnds(list) {
  for (const row of list.children) {
    const [up, down] = row.querySelectorAll("button[data-move]");
    up.setAttribute("aria-disabled", String(row === list.firstElementChild));
    down.setAttribute("aria-disabled", String(row === list.lastElementChild));
  }
}

// Puts the rows where their fields say, as filled from outside; without places, as they were first.
function arrangeRows(list) {
  const place = (row) => Number(placeOf(row).value) || Number(placeOf(row).name);
  const rows = [...list.children];
  const sorted = [...rows].sort((one, other) => place(one) - place(other));
  if (sorted.some((row, i) => row !== rows[i])) list.append(...sorted);
  showEnds(list);
}
