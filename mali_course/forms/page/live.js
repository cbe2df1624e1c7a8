// A form whose values go to Python and whose answer comes back as HTML.
// It knows nothing of questions: Python renders, this script carries.
const LARGEST_FILE = 5_000_000; // bytes; Python refuses what is longer
const PAUSE = 3000; // milliseconds without a key until a text is kept, though nobody has left its field
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

// JupyterLab and Notebook 7 take keys away from any focused element without this attribute.
function keepKeys(root) {
  for (const element of root.querySelectorAll(FOCUSABLE)) {
    element.setAttribute("data-lm-suppress-shortcuts", "true");
  }
}

// What each part of the page does with new content.
function prepare(root, words) {
  keepKeys(root);
  for (const one of [prepareMoving, prepareStepping, prepareTerms, prepareGoing, prepareOriginals]) one(root, words);
}

// A file as its text; where it may be no text, as a data: address.
function textOf(file, isBinary) {
  const part = file.slice(0, LARGEST_FILE + 1);
  if (!isBinary) return part.text();
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(part);
  });
}

async function valuesOf(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    let text = value;
    if (value instanceof File) text = value.name && (await textOf(value, "binary" in form.elements[name].dataset));
    (values[name] ??= []).push(text);
  }
  return values;
}

const isBox = ({ type }) => type === "radio" || type === "checkbox";

// Gives controls their values. With `whole`, a box of which nothing is said is empty.
function fill(form, values, whole = false) {
  for (const element of form.elements) {
    const given = values[element.name] ?? (whole && isBox(element) ? [] : undefined);
    if (!given || element.type === "file" || element.type === "submit") continue;
    if (isBox(element)) element.checked = given.includes(element.value);
    else element.value = given[0];
  }
  form.dispatchEvent(new CustomEvent("mali:filled")); // for rows that stand by their values
}

// What the controls hold, by name.
function chosenIn(controls) {
  const values = {};
  for (const element of controls.querySelectorAll("input[name], select[name], textarea[name]")) {
    if (element.type === "file") continue;
    values[element.name] ??= [];
    if (!isBox(element) || element.checked) values[element.name].push(element.value);
  }
  return values;
}

const isSame = (one, other) => JSON.stringify(one ?? []) === JSON.stringify(other ?? []);
const areSame = (now, then) => Object.keys(now).every((name) => isSame(now[name], then[name]));

// Whether a part of an answer is as it was: all of it (""), the control of that name, or the option
// of that value.
function isPartSame(part, now, then) {
  if (part === "") return areSame(now, then);
  if (part in now) return isSame(now[part], then[part]);
  const has = (values) => Object.values(values).flat().includes(part);
  return has(now) === has(then);
}

// What a mark is about: the controls of that name, or with that value; of boxes, those chosen.
function controlsOf(part, controls) {
  const all = [...controls.querySelectorAll("input, select, textarea")];
  const named = all.filter(({ name }) => part === "" || name === part);
  const found = named.length ? named : all.filter(({ value }) => value === part);
  // What is hidden is not met: the buttons that change it are.
  const met = (one) => (one.type === "hidden" ? [...(one.closest("li")?.querySelectorAll("button") ?? [])] : [one]);
  return found.filter((one) => !isBox(one) || one.checked).flatMap(met);
}

// Names a mark as the description of a control. Where the focus is, that would be spoken beside the
// reply, which says it too: there it waits until the focus goes.
function describeLater(one, slot) {
  const name = () => { if (slot.textContent) one.setAttribute("aria-describedby", slot.id); };
  if (one === document.activeElement) one.addEventListener("blur", name, { once: true });
  else name();
}

// Puts each mark in its place beside the controls, and returns the parts that have one.
function putMarks(controls, marks) {
  const placed = new Set();
  for (const slot of controls.querySelectorAll("[data-mark]")) {
    const part = slot.dataset.mark, html = marks[part] ?? "";
    slot.id ||= `mali-mark-${Math.random().toString(36).slice(2)}`;
    if ((slot.maliHtml ?? "") !== html) slot.innerHTML = slot.maliHtml = html;
    for (const one of controls.querySelectorAll(`[aria-describedby="${slot.id}"]`)) one.removeAttribute("aria-describedby");
    if (!html) continue;
    placed.add(part);
    for (const one of controlsOf(part, controls)) describeLater(one, slot);
  }
  return placed;
}

// Renews what is inside of parts of the controls, such as the values of a list. The elements stay, and
// with them the focus.
function renew(controls, parts) {
  for (const [name, html] of Object.entries(parts)) {
    const part = controls.querySelector(`[data-part="${CSS.escape(name)}"]`);
    if (!part || part.maliHtml === html) continue;
    part.maliHtml = html;
    if (part.localName === "select") renewOptions(part, html);
    else part.innerHTML = html;
    keepKeys(part);
  }
}

function save({ name, type, text }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// A selector for what takes the place of an element when content is replaced.
function sameAs({ name, dataset, localName, parentElement }) {
  if (name) return `[name="${CSS.escape(name)}"]`;
  if (dataset.go) return `[data-go="${CSS.escape(dataset.go)}"]`;
  const fold = localName === "summary" && parentElement.dataset.fold;
  return fold ? `[data-fold="${CSS.escape(fold)}"] > summary` : localName;
}

// Pictures are decoded before they are shown, so that the page never jumps.
async function swap(region, html, words, isLatest) {
  const next = document.createElement("div");
  next.innerHTML = html;
  prepare(next, words);
  await Promise.allSettled([...next.querySelectorAll("img")].map((image) => image.decode()));
  if (!isLatest()) return;
  // A fold is known by data-fold where others may come and go before it, else by its place.
  const open = new Map([...region.querySelectorAll("details")].map((fold, i) => [fold.dataset.fold ?? i, fold.open]));
  [...next.querySelectorAll("details")].forEach((fold, i) => { fold.open ||= open.get(fold.dataset.fold ?? i) ?? false; });
  const focused = region.contains(document.activeElement) && document.activeElement;
  const selector = focused && sameAs(focused);
  const index = focused && [...region.querySelectorAll(selector)].indexOf(focused);
  region.replaceChildren(...next.childNodes);
  if (focused && !region.contains(document.activeElement)) {
    const same = region.querySelectorAll(selector);
    (same[index] ?? same[0] ?? region).focus({ preventScroll: true });
  }
}

// Returns a function that scrolls an element back to where it was on the screen: marks come to stand
// above the button that was pressed, and the verdict below it is to be seen.
function holding(element) {
  const { top } = element.getBoundingClientRect();
  const back = () => {
    // The nearest box that scrolls is not always one that can: an output of a notebook is one, too.
    for (let box = element.parentElement; box; box = box.parentElement) {
      const by = element.getBoundingClientRect().top - top;
      if (Math.abs(by) < 1) return;
      if (box === document.scrollingElement || /auto|scroll/.test(getComputedStyle(box).overflowY)) box.scrollTop += by;
    }
  };
  // The browser may have moved the page as well, a moment later. What is read first is in sight; and where
  // the controls are new, their beginning, which has the focus.
  return (first, isNew) => {
    back();
    requestAnimationFrame(() => {
      back();
      first?.scrollIntoView({ block: "nearest" });
      if (isNew) element.scrollIntoView({ block: "nearest" });
    });
  };
}

// The words of a reply as one line: without signs that have words beside them, and closed folds.
function plainText(html) {
  const copy = html.cloneNode(true);
  for (const one of copy.querySelectorAll("[hidden], [aria-hidden=true], details:not([open]) > :not(summary)")) one.remove();
  for (const block of copy.querySelectorAll("p, li, pre, summary, div, td, th, caption")) block.append(" ");
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function render({ model, el }) {
  const form = document.createElement("form");
  form.className = "mali-form";
  form.lang = model.get("lang");
  form.noValidate = true;
  form.autocomplete = "off";
  const controls = document.createElement("div");
  controls.className = "mali-body";
  controls.tabIndex = -1;
  const picture = document.createElement("div"); // what is looked at before the words about it
  picture.className = "mali-picture";
  const earlier = document.createElement("p"); // not in the live region: read on the way, not announced
  earlier.className = "mali-earlier";
  earlier.textContent = model.get("words").earlier;
  earlier.hidden = true;
  // What stands there before anybody acts is no news: a live region would speak it unasked, also
  // when JupyterLab draws the form anew on scrolling.
  const quiet = document.createElement("div");
  quiet.className = "mali-status";
  const status = document.createElement("div");
  status.className = "mali-status";
  status.setAttribute("role", "status");
  // What is shown there is spoken as one text beside it. Screen readers with Chromium speak several
  // blocks in any order, also inside a group, and those with Firefox the last one alone.
  status.setAttribute("aria-live", "off");
  const heard = document.createElement("div");
  heard.className = "mali-hidden mali-heard";
  heard.setAttribute("aria-live", "polite");
  const view = document.createElement("div");
  view.className = "mali-view";
  view.tabIndex = -1;
  form.append(controls, picture, earlier, quiet, status, view, heard);
  el.append(form);
  const words = model.get("words");
  let timers = [], forget, pause;
  let shown = {};
  let latest = 0; // number of the last reply: a slower, older one must not replace it
  let asked = 0; // the last submission of this view: only its reply saves a file and moves the focus
  const mine = new Set(); // every submission of this view
  let body; // the controls shown
  let settled = {}; // what they held when they were last filled or sent
  let closed = false;

  function say(region, html) {
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.innerHTML = html;
    putBeside(group);
    region.replaceChildren(...(html ? [group] : []));
    if (region === status) tell(group);
  }

  // It goes when it has been heard, so that nobody who reads on meets the same words twice.
  function tell(group) {
    clearTimeout(forget);
    heard.textContent = plainText(group);
    forget = setTimeout(() => heard.replaceChildren(), 15000);
  }
  const note = (text) => { const p = document.createElement("p"); p.textContent = text; say(status, p.outerHTML); };
  const stopWaiting = () => { timers.forEach(clearTimeout); timers = []; form.removeAttribute("aria-busy"); };

  // Marks stand beside what is as it was judged. What can be read there is only heard below.
  function putBeside(group = form.querySelector(".mali-status > [role=group]")) {
    const now = chosenIn(controls), { values, marks = {} } = shown;
    const kept = Object.entries(marks).filter(([part]) => values && isPartSame(part, now, values));
    const placed = putMarks(controls, Object.fromEntries(kept));
    for (const one of group?.querySelectorAll("[data-reason]") ?? []) {
      one.classList.toggle("mali-hidden", placed.has(one.dataset.reason));
    }
    earlier.hidden = !values || !shown.status || areSame(now, values);
  }

  // Shows the controls, and returns whether they are new.
  function place(own) {
    if (model.get("body") === body) return false;
    body = model.get("body");
    const here = form.contains(document.activeElement) || document.activeElement === document.body;
    controls.innerHTML = body;
    fill(form, model.get("draft"));
    settled = chosenIn(controls);
    prepare(controls, words);
    // The view stands below the reply, or where the controls have a place for it.
    (controls.querySelector("[data-view]") ?? form).append(view);
    if (!own || !here) return true;
    const start = controls.querySelector("[data-start]") ?? controls;
    start.focus({ preventScroll: true });
    start.scrollIntoView({ block: "nearest" });
    return true;
  }

  // Whether the reply may stand beside what this view holds. A view that did not send takes over what
  // was judged; but who is about to answer keeps that, and what was said before.
  function takeOver({ values, to }) {
    if (!values || mine.has(to)) return true;
    const now = chosenIn(controls);
    if (areSame(now, values)) return true;
    if (!areSame(now, settled)) return false;
    fill(form, values, true);
    settled = chosenIn(controls);
    return true;
  }

  async function show(news) {
    const reply = model.get("reply"), before = shown;
    const isNew = place(asked && reply.to === asked);
    if (!isNew && news && !takeOver(reply)) {
      form.dataset.replies = reply.n;
      return;
    }
    shown = reply;
    // Who has chosen again since then keeps that choice; its own reply is on the way.
    if (reply.parts && (reply.to === asked || !form.hasAttribute("aria-busy"))) {
      renew(controls, reply.parts);
      fill(form, reply.chosen);
      prepareStepping(controls);
    }
    latest = reply.n;
    if (reply.originals) keepOriginals(reply.originals, reply.at);
    if (reply.told) keepTold(reply.told);
    stopWaiting();
    const hold = reply.to === asked && controls.contains(document.activeElement) && holding(document.activeElement);
    const [region, other] = news ? [status, quiet] : [quiet, status];
    other.replaceChildren();
    region.dataset.state = reply.state ?? "";
    say(region, reply.status ?? "");
    if (hold) hold(region.querySelector(".mali-heading") ?? region.firstElementChild, isNew);
    if (reply.picture !== before.picture) await swap(picture, reply.picture ?? "", words, () => reply.n === latest);
    if (reply.view !== before.view) await swap(view, reply.view ?? "", words, () => reply.n === latest);
    if (reply.file && reply.n !== before.n && reply.to === asked) save(reply.file);
    if (reply.n) form.dataset.replies = reply.n; // for whoever waits for a reply, such as a test
  }

  // Keeps what is chosen or being written.
  async function keepDraft() {
    clearTimeout(pause);
    if (closed) return;
    drafted.add(model.get("form_id"));
    model.set("draft", await valuesOf(form));
    model.save_changes();
  }

  async function send(action) {
    clearTimeout(pause); // a draft after the answer would stand for a newer text
    let values;
    try {
      values = await valuesOf(form);
    } catch {
      return note(words.no_file); // it was changed or taken away since it was chosen
    }
    stopWaiting();
    if (closed) return note(words.reload);
    asked = Date.now() + Math.random();
    mine.add(asked);
    sent.add(asked);
    settled = chosenIn(controls);
    form.setAttribute("aria-busy", "true");
    const slow = words.slow[action];
    timers = [
      setTimeout(() => {
        note(slow ?? words.waiting);
        if (slow) status.scrollIntoView({ block: "nearest" }); // there is time to look for it
      }, 700),
      setTimeout(() => { stopWaiting(); note(words.lost); }, slow ? words.much_patience : words.patience),
    ];
    model.set("submission", { n: asked, action, values });
    model.save_changes();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.submitter?.value ?? "");
  });
  // The second click of a double click, and a key that is held down, are no second answer.
  form.addEventListener("click", (event) => {
    if (event.detail > 1 && event.target.closest("[type=submit]")) event.preventDefault();
  });
  form.addEventListener("input", ({ target }) => {
    putBeside();
    if (target.localName !== "textarea") return;
    clearTimeout(pause);
    pause = setTimeout(keepDraft, PAUSE);
  });
  form.addEventListener("change", (event) => {
    if (model.get("on_change")) return send("change");
    if (event.target.type === "file") return;
    putBeside(); // a list may change without an input
    keepDraft();
  });
  // Keys typed here belong to the form; those with Ctrl, Alt or Command stay the application's.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.repeat && event.target.localName !== "textarea") event.preventDefault();
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  model.on("change:reply", show);
  model.on("comm:close", () => { closed = true; stopWaiting(); note(words.reload); });
  // What answers a cell is news once, and is put into a region that is there already: else no screen
  // reader speaks it.
  const answers = model.get("reply").to === -1 && !spoken.has(model.get("form_id"));
  spoken.add(model.get("form_id"));
  if (answers) setTimeout(() => show(true), 100);
  else show(false);
  return () => { stopWaiting(); model.off("change:reply", show); };
}

// Keeps what a notebook is to hold of each form, for whoever stores it. `mine` tells that the answer
// came from this page and not from another one with the same notebook.
const course = (globalThis.maliCourse ??= {});
const kept = (course.saved ??= new Map());
const sent = (course.sent ??= new Set());
const drafted = (course.drafted ??= new Set());
const spoken = (course.spoken ??= new Set());

function initialize({ model }) {
  const form = model.get("form_id");
  let last = model.get("reply").n;
  if (model.get("saved")) kept.set(form, model.get("saved"));
  const keep = () => {
    const { n, to } = model.get("reply");
    const mine = n === last ? drafted.has(form) : sent.has(to);
    last = n;
    drafted.delete(form);
    kept.set(form, model.get("saved"));
    document.dispatchEvent(new CustomEvent("mali:saved", { detail: { form, mine } }));
  };
  model.on("change:saved", keep);
  return () => model.off("change:saved", keep);
}

export default { initialize, render };
