// Words that are explained on tap: abbr.mali-term, whose title is the meaning, becomes a button that
// opens it. Click, Enter and Space open and close; Escape, a click elsewhere or the next word close.
// The focus stays on the word.
const TERM = "abbr.mali-term";

// Forms call this for their new content; the watch below for all else on the page, such as digests.
function prepareTerms(root) {
  for (const term of root.querySelectorAll(TERM)) {
    // A tap there ticks the option; two things to tap in one place would be a trap.
    if (term.closest("label, option, summary, button, a")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mali-term";
    button.dataset.meaning = term.title;
    button.dataset.lmSuppressShortcuts = "true"; // else JupyterLab takes its keys
    button.setAttribute("aria-expanded", "false");
    button.append(...term.childNodes);
    term.replaceWith(button);
  }
}

// One for the page, however often this script is loaded: a page may show many forms.
globalThis.maliTerms ??= (() => {
  const meaning = document.createElement("div"); // what the eye sees
  meaning.className = "mali-meaning";
  meaning.id = "mali-meaning";
  meaning.hidden = true;
  const spoken = document.createElement("div"); // what a screen reader says, without losing its place
  spoken.className = "mali-hidden mali-spoken";
  spoken.setAttribute("role", "status");
  let open = null;

  function place() {
    if (!open.isConnected) return close();
    const word = open.getBoundingClientRect();
    const column = (open.closest(".mali-form, .mali-reading, .mali-block, main") ?? document.body).getBoundingClientRect();
    const left = Math.max(column.left, 8);
    const right = Math.min(column.right, document.documentElement.clientWidth - 8);
    meaning.style.maxWidth = `${Math.min(right - left, 480)}px`;
    const box = meaning.getBoundingClientRect();
    const below = word.bottom + 6 + box.height <= window.innerHeight;
    meaning.style.left = `${Math.max(left, Math.min(word.left, right - box.width))}px`;
    meaning.style.top = `${below ? word.bottom + 6 : Math.max(8, word.top - 6 - box.height)}px`;
  }

  function close() {
    open?.setAttribute("aria-expanded", "false");
    open?.removeAttribute("aria-describedby");
    open = null;
    if (meaning.matches(":popover-open")) meaning.hidePopover();
    meaning.hidden = true;
    spoken.replaceChildren();
  }

  function show(button) {
    close();
    open = button;
    if (!meaning.isConnected) document.body.append(meaning, spoken);
    meaning.textContent = button.dataset.meaning;
    meaning.hidden = false;
    if (meaning.showPopover) { // above all else, and cut off by nothing
      meaning.popover = "manual";
      meaning.showPopover();
    }
    button.setAttribute("aria-expanded", "true");
    button.setAttribute("aria-describedby", meaning.id);
    place();
    // In a group: one that is put in bare is lost among what an application says of itself.
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.textContent = button.dataset.meaning;
    setTimeout(() => { if (open === button) spoken.replaceChildren(group); }, 100);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.mali-term");
    if (button && button !== open) show(button);
    else if (button) close();
  });
  // At its beginning, and before an application takes it: a click on a menu may never end.
  document.addEventListener("pointerdown", (event) => {
    if (open && !open.contains(event.target) && !meaning.contains(event.target)) close();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  }, true);
  document.addEventListener("focusin", (event) => { if (open && event.target !== open && !meaning.contains(event.target)) close(); });
  for (const moved of ["scroll", "resize"]) addEventListener(moved, () => { if (open) place(); }, { capture: true, passive: true });

  prepareTerms(document);
  new MutationObserver((changes) => {
    for (const change of changes)
      for (const node of change.addedNodes)
        if (node.nodeType === 1 && node.parentNode) prepareTerms(node.matches(TERM) ? node.parentNode : node);
    if (open && !open.isConnected) close();
  }).observe(document.body, { childList: true, subtree: true });
  return { close };
})();
