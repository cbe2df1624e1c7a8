// The start button of a lesson: one press runs the notebook, and the page stays where it is.
import { Bar } from "./bar.js";
import { keepPlace } from "./place.js";
import { formsIn, idOf, isAlive, settle } from "./saved.js";

const LOST = ["restarting", "autorestarting", "dead", "terminating"];
const CALM = 1500; // milliseconds after an answer until the notebook is saved
const SLOW = 20_000; // milliseconds after which the page says that it still waits
const PATIENCE = 120_000; // milliseconds after which nobody waits any more for a kernel
const SETTLING = 1500; // milliseconds in which forms take their height
const NEAR = 8; // pixels between pressing and letting go that are one press
const DONE = ["right", "kept"];

// A cell as the notebook came: it shows something, and nobody has run it.
const isUnrun = (cell) => cell.model.executionCount === null && cell.model.outputs.length > 0;
const isImport = (cell) => cell.model.sharedModel.getSource().includes("import mali_course");
// A call of the course with nothing but texts needs no other cell than the import.
const isFree = (cell) => /^mali\.\w+\((\s*"[^"\n]*",?)*\s*\)\s*$/.test(cell.model.sharedModel.getSource());

function isInView(cell) {
  const { top, bottom } = cell.node.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

export class Start {
  constructor(panel, context, library, words) {
    Object.assign(this, { panel, context, library, words, model: context.model, session: panel.sessionContext });
    this.state = "fresh";
    this.bar = new Bar(panel, words, () => this.press());
    this.hearPresses(panel.node);
    this.session.statusChanged.connect((_, status) => {
      if (LOST.includes(status)) this.lose();
      // The number of a cell that has run comes a moment after.
      else if (status === "idle") setTimeout(() => { if (!panel.isDisposed) this.judge(); }, 100);
    });
    this.session.kernelChanged.connect((_, { newValue }) => (newValue ? this.meet() : this.lose()));
    this.session.ready.then(() => this.meet());
    const onSaved = (event) => this.keep(event.detail);
    document.addEventListener("mali:saved", onSaved);
    panel.disposed.connect(() => document.removeEventListener("mali:saved", onSaved));
  }

  hearPresses(node) {
    let down;
    const press = () => {
      down = undefined;
      this.press();
    };
    // Before JupyterLab hears of the click: it would ask whether to trust who wrote the button.
    node.addEventListener("click", (event) => {
      if (!event.target.closest?.(".mali-start")) return;
      event.preventDefault();
      event.stopPropagation();
      press();
    }, { capture: true });
    // While a page is being built, the button may move or be drawn anew under the finger. Then there is
    // no click on it, but it was meant.
    node.addEventListener("pointerdown", (event) => {
      down = event.button === 0 && event.target.closest?.(".mali-start") ? event : undefined;
    }, { capture: true });
    const up = (event) => {
      const meant = down && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < NEAR;
      if (meant) setTimeout(() => down && press()); // unless there was a click
      else down = undefined;
    };
    document.addEventListener("pointerup", up, { capture: true });
    this.panel.disposed.connect(() => document.removeEventListener("pointerup", up, { capture: true }));
  }

  get isStarting() {
    return ["starting", "slow"].includes(this.state);
  }

  get kernel() {
    return this.session.session?.kernel;
  }

  // The kernel may be the one of before: a page opened anew finds its forms in it.
  async meet() {
    if (this.panel.isDisposed) return;
    const forms = formsIn(this.model); // what is made while we ask is not judged by an old answer
    let alive = {};
    try {
      alive = (await this.kernel?.requestCommInfo({ target_name: "jupyter.widget" }))?.content.comms ?? {};
    } catch {
      // It went away while we asked: then nothing in it is alive.
    }
    if (this.panel.isDisposed) return;
    settle(this.model, forms, new Set(Object.keys(alive)));
    this.judge();
  }

  // What is read stays where it is until `done`, and until forms have taken their height.
  stayWhile(done) {
    this.stays = (this.stays ?? 0) + 1;
    this.letGo ??= keepPlace(this.panel.content);
    done.finally(() => setTimeout(() => {
      this.stays -= 1;
      if (!this.stays) this.letGo = this.letGo();
    }, SETTLING));
  }

  lose() {
    this.stayWhile(Promise.resolve());
    settle(this.model, formsIn(this.model), new Set());
    if (!this.waking && (this.isStarting || this.state === "ready")) this.show("again");
  }

  // What the button says follows from the cells, however they were run.
  judge() {
    if (this.running) return;
    const forms = formsIn(this.model);
    // Once ready, a cell without a number is one that runs just now.
    const ran = this.state === "ready" || !this.codeCells().some(isUnrun);
    const all = forms.length && forms.every(isAlive) && ran;
    if (all) this.show("ready");
    else if (this.state === "ready" || (this.state === "fresh" && forms.length)) this.show("goOn");
  }

  codeCells() {
    return this.panel.content.widgets.filter((cell) => cell.model.type === "code");
  }

  show(state) {
    this.state = state;
    this.paint();
  }

  // The button is Markdown and may be drawn anew at any time. It keeps its place and the focus.
  paint() {
    for (const button of this.panel.node.querySelectorAll(".mali-start")) {
      button.dataset.own ??= button.textContent;
      let said = button.nextElementSibling;
      if (!said?.matches(".mali-start-said")) {
        said = document.createElement("span");
        said.className = "mali-start-said";
        said.setAttribute("role", "status");
        button.after(said);
      }
      if (button.dataset.state === this.state) continue;
      button.dataset.state = said.dataset.state = this.state;
      button.textContent = this.words[this.state] ?? button.dataset.own;
      button.setAttribute("aria-disabled", this.isStarting); // it keeps the focus
      button.setAttribute("data-lm-suppress-shortcuts", "true"); // Enter is the button's
      said.textContent = this.state === "fresh" ? "" : this.words[`${this.state}Said`] ?? "";
    }
    this.bar.paint(this.state, this.isStarting);
  }

  async press() {
    if (this.state === "ready") return this.goOn();
    if (this.running) return;
    this.running = true;
    this.show("starting");
    const slow = setTimeout(() => { if (this.state === "starting") this.show("slow"); }, SLOW);
    let waiting;
    try {
      this.waking = true; // a kernel that is started anew is not lost
      const tooLong = new Promise((_, reject) => { waiting = setTimeout(() => reject(new Error("No kernel came.")), PATIENCE); });
      await Promise.race([this.wake(), tooLong]);
      clearTimeout(waiting);
      this.waking = false;
      const ran = this.run();
      this.stayWhile(ran.catch(() => {}));
      await ran;
    } catch (problem) {
      console.warn(problem);
      if (this.isStarting) this.show("failed");
    }
    clearTimeout(slow);
    clearTimeout(waiting);
    this.running = this.waking = false;
    this.judge();
  }

  async wake() {
    const { session } = this;
    await session.ready;
    if (this.kernel?.status === "dead") await session.restartKernel();
    if (this.kernel) return;
    await session.changeKernel({ name: session.kernelPreference.name ?? session.specsManager.specs.default });
  }

  // One cell after the other, so that a form answers while the rest still runs. After the import comes
  // what the learner looks at, then the rest in order. A cell with an error holds up no other one.
  async run() {
    const { CodeCell } = await this.library("@jupyterlab/cells");
    const { recordTiming } = this.panel.content.notebookConfig;
    const { deletedCells } = this.model;
    const left = this.codeCells();
    // While a picture is drawn anew, what stands below it may be out of sight for a moment.
    const seen = left.filter(isInView);
    for (let cell = this.next(left, seen); cell; cell = this.next(left, seen)) {
      if (cell.isDisposed) continue;
      if (!this.kernel || this.state === "again") throw new Error("The kernel went away.");
      const { node } = cell.outputArea;
      node.style.minHeight = `${node.offsetHeight}px`; // what stands below does not jump
      try {
        await CodeCell.execute(cell, this.session, { deletedCells, recordTiming });
      } finally {
        setTimeout(() => { node.style.minHeight = ""; }, 500);
      }
      if (this.isStarting && formsIn(this.model).some(isAlive)) this.show("ready");
    }
    this.keep();
  }

  next(left, seen) {
    const first = left.some(isImport) ? 0
      : left.findIndex((cell) => isFree(cell) && (seen.includes(cell) || isInView(cell)));
    return left.splice(Math.max(first, 0), 1)[0];
  }

  // To the first question that is still open. Who has answered none begins below the opening: with what
  // the lesson is for and what it warns of.
  goOn() {
    const questions = new Map(); // the last form of each: the first may be its guess
    for (const one of this.panel.node.querySelectorAll(".mali-form .mali-question[data-item]")) {
      questions.delete(one.dataset.item); // it comes where the last one stands
      questions.set(one.dataset.item, one.closest("form"));
    }
    const states = (form) => [...form.querySelectorAll(":scope > .mali-status")].map(({ dataset }) => dataset.state);
    const forms = [...questions.values()];
    const begun = forms.some((form) => states(form).some(Boolean));
    const open = begun && forms.find((form) => !states(form).some((state) => DONE.includes(state)));
    const button = this.panel.node.querySelector(".mali-start");
    const cell = button?.closest(".jp-Cell")?.nextElementSibling;
    const goal = open ? open.querySelector(".mali-title") ?? open : cell?.querySelector(".jp-MarkdownOutput > *") ?? cell;
    if (!goal) return;
    if (!goal.hasAttribute("tabindex")) goal.tabIndex = -1;
    goal.setAttribute("data-lm-suppress-shortcuts", "true"); // what is only read takes no keys
    goal.focus({ preventScroll: true });
    goal.scrollIntoView({ block: "start" });
  }

  // An answer belongs into the file: soon, so that nothing is lost when the window is closed.
  keep(told = {}) {
    if (told.mine === false || (told.form && !formsIn(this.model).some((form) => idOf(form) === told.form))) return;
    this.model.dirty = true;
    this.unwritten = true;
    clearTimeout(this.calm);
    this.calm = setTimeout(() => this.write(), CALM);
  }

  // JupyterLab calls a notebook saved when a save has ended, also if an answer came since it began.
  async write() {
    if (this.writing || !this.unwritten || this.panel.isDisposed || !this.context.contentsModel?.writable) return;
    this.writing = true;
    this.unwritten = false;
    await this.context.save().catch(() => {});
    this.writing = false;
    if (this.unwritten && !this.panel.isDisposed) this.keep();
  }
}
