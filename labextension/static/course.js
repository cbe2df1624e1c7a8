// Makes a page of JupyterLab or Notebook 7 fit for a lesson: the column, the start button, links, and
// what a notebook keeps of its forms. It touches only notebooks whose metadata name a lesson.
import { keepForms, lessonOf } from "./saved.js";
import { Start } from "./start.js";

const NARROW = 700; // pixels; a window below has no room for a side bar beside the lesson

function addStyle(address) {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: address }));
}

// Lets a property of one object accept only changed values, whoever sets it, and changes it now.
function bend(object, name, change) {
  let holder = object;
  while (!Object.hasOwn(holder, name)) holder = Object.getPrototypeOf(holder);
  const { get, set } = Object.getOwnPropertyDescriptor(holder, name);
  Object.defineProperty(object, name, { configurable: true, get, set(value) { set.call(this, change(value)); } });
  object[name] = object[name];
}

// A link to another lesson opens it beside this one; as a plain link it would load the whole page anew.
function openLesson(app, context, event) {
  const link = event.target.closest?.("a[href]");
  const [, name, place] = link?.getAttribute("href").match(/^(?:\.\/)?([^:/?#]+\.ipynb)(#.*)?$/) ?? [];
  if (!name || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // A way to a question is offered to the form first (going.js): it takes the ways to its own page.
  if (link.dataset.go && event.eventPhase === Event.CAPTURING_PHASE) return;
  event.preventDefault();
  event.stopPropagation();
  const folder = context.path.slice(0, context.path.lastIndexOf("/") + 1);
  const opened = app.commands.execute("docmanager:open", { path: folder + decodeURIComponent(name) });
  // The cells are laid out a moment after the panel is there.
  if (place) opened.then((panel) => panel?.revealed.then(() => setTimeout(() => panel.setFragment?.(place), 300)));
}

// The line in place of hidden code answers to a mouse alone; here it becomes a button for everybody.
function nameHiddenCode(notebook, words) {
  for (const cell of notebook.widgets) {
    const line = cell.node.querySelector(".jp-InputPlaceholder .jp-Placeholder-content:not([role])");
    if (!line) continue;
    const attributes = { role: "button", tabindex: "0", "aria-label": words.code, title: words.code, "data-lm-suppress-shortcuts": "true" };
    for (const [name, value] of Object.entries(attributes)) line.setAttribute(name, value);
    line.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      line.click();
      // The line is gone: its cell takes the focus.
      notebook.activeCellIndex = notebook.widgets.indexOf(cell);
      notebook.activate();
    });
  }
}

// The Tab key passes over the boxes of code, for inside it writes. So there is a stop before each.
function nameCodeBoxes(notebook, words) {
  let number = 0;
  for (const cell of notebook.widgets) {
    if (cell.model.type !== "code" || cell.inputHidden) continue;
    const box = cell.node.querySelector(".jp-InputArea");
    if (!box) continue;
    number += 1;
    box.setAttribute("aria-label", words.codeBox.replace("{number}", number));
    if (box.hasAttribute("data-code-box")) continue;
    box.setAttribute("data-code-box", "");
    box.setAttribute("role", "group");
    box.tabIndex = 0;
    box.addEventListener("keydown", (event) => {
      if (event.target !== box || event.key !== "Enter" || event.ctrlKey || event.shiftKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      notebook.activeCellIndex = notebook.widgets.indexOf(cell);
      notebook.mode = "edit";
      cell.editor?.focus();
    });
    // Escape leaves the text for the cell (JupyterLab); the stop is where Tab goes on.
    box.addEventListener("focusout", ({ target, relatedTarget }) => {
      if (target !== box && relatedTarget === cell.node) requestAnimationFrame(() => {
        if (document.activeElement === cell.node && notebook.mode === "command") box.focus({ preventScroll: true });
      });
    });
  }
}

function makeLesson(app, panel, context, library, words) {
  const notebook = panel.content;
  panel.addClass("mali-course");
  // All cells stay in the page: for the search of the browser, for screen readers, for calm scrolling.
  bend(notebook, "notebookConfig", (config) => ({ ...config, windowingMode: "none" }));
  // JupyterLab 4.6 keeps using the observer of the mode that was on before, though it has none any more.
  notebook._contentVisibilityObserver ??= new IntersectionObserver(() => {});
  // Where no kernel has the notebook's name, the usual one serves: no window asks which.
  const session = panel.sessionContext;
  session.kernelPreference = { ...session.kernelPreference, autoStartDefault: true };
  for (const capture of [true, false]) panel.node.addEventListener("click", (event) => openLesson(app, context, event), { capture });
  const start = new Start(panel, context, library, words);
  let waiting = 0;
  const tidy = () => {
    waiting = 0;
    if (panel.isDisposed) return;
    nameHiddenCode(notebook, words);
    nameCodeBoxes(notebook, words);
    start.paint();
  };
  const watch = new MutationObserver(() => { waiting ||= requestAnimationFrame(tidy); });
  watch.observe(notebook.node, { childList: true, subtree: true });
  panel.disposed.connect(() => watch.disconnect());
  app.restored.then(() => {
    if (window.innerWidth >= NARROW) return;
    app.shell.collapseLeft?.();
    app.shell.collapseRight?.();
  });
  return start;
}

export function plugin(library, words, here) {
  return {
    id: "mali-course:lesson",
    autoStart: true,
    activate(app) {
      addStyle(`${here}look.css`);
      addStyle(`${here}reading.css`);
      addStyle(`${here}page.css`);
      app.docRegistry.addWidgetExtension("Notebook", {
        createNew(panel, context) {
          const { model } = context;
          let start;
          const make = (lesson) => {
            if (lesson && !panel.isDisposed) start ??= makeLesson(app, panel, context, library, words);
          };
          keepForms(model, make, () => start?.meet());
          context.ready.then(() => make(lessonOf({ metadata: model.metadata })));
        },
      });
    },
  };
}
