// A form whose values go to Python and whose answer comes back as HTML.
// It knows nothing of questions: Python renders, this script carries.
const LARGEST_FILE = 5_000_000; // bytes; Python refuses what is longer
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
  for (const one of [prepareMoving, prepareStepping, prepareTerms, prepareGoing]) one(root, words);
}

async function valuesOf(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    const text = value instanceof File ? await value.slice(0, LARGEST_FILE + 1).text() : value;
    (values[name] ??= []).push(text);
  }
  return values;
}

function fill(form, values) {
  for (const element of form.elements) {
    const given = values[element.name];
    if (!given || element.type === "file" || element.type === "submit") continue;
    if (element.type === "radio" || element.type === "checkbox") element.checked = given.includes(element.value);
    else element.value = given[0];
  }
}

// Renews what is inside of parts of the controls, such as the values of a list. The elements stay, and
// with them the focus.
function renew(controls, parts) {
  for (const [name, html] of Object.entries(parts)) {
    const part = controls.querySelector(`[data-part="${CSS.escape(name)}"]`);
    if (!part || part.maliHtml === html) continue;
    part.innerHTML = part.maliHtml = html;
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
  const view = document.createElement("div");
  view.className = "mali-view";
  view.tabIndex = -1;
  form.append(controls, picture, earlier, quiet, status, view);
  el.append(form);
  const words = model.get("words");
  let timers = [];
  let shown = {};
  let latest = 0; // number of the last reply: a slower, older one must not replace it
  let asked = 0; // which submission was sent from this view: only it saves a file and moves the focus
  let body; // the controls shown
  let answered = false; // whether the reply shown is to something sent from these controls

  const say = (region, html) => { if (region.innerHTML !== html) region.innerHTML = html; };
  const note = (text) => { const p = document.createElement("p"); p.textContent = text; status.replaceChildren(p); };
  const stopWaiting = () => { timers.forEach(clearTimeout); timers = []; form.removeAttribute("aria-busy"); };

  function place(mine) {
    if (model.get("body") === body) return;
    answered &&= body === undefined;
    body = model.get("body");
    const here = form.contains(document.activeElement) || document.activeElement === document.body;
    controls.innerHTML = body;
    prepare(controls, words);
    // The view stands below the reply, or where the controls have a place for it.
    (controls.querySelector("[data-view]") ?? form).append(view);
    fill(form, model.get("draft"));
    if (!mine || !here) return;
    const start = controls.querySelector("[data-start]") ?? controls;
    start.focus({ preventScroll: true });
    start.scrollIntoView({ block: "nearest" });
  }

  async function show(news) {
    const reply = model.get("reply");
    answered = Boolean(reply.to);
    earlier.hidden = true;
    place(asked && reply.to === asked);
    // Who has chosen again since then keeps that choice; its own reply is on the way.
    if (reply.parts && (reply.to === asked || !form.hasAttribute("aria-busy"))) {
      renew(controls, reply.parts);
      fill(form, reply.chosen);
      prepareStepping(controls);
    }
    latest = reply.n;
    stopWaiting();
    const [region, other] = news ? [status, quiet] : [quiet, status];
    other.replaceChildren();
    region.dataset.state = reply.state ?? "";
    // The same words again are a change that a screen reader announces only if they go first.
    if (reply.status === shown.status && reply.n !== shown.n) region.replaceChildren();
    say(region, reply.status ?? "");
    if (reply.picture !== shown.picture) await swap(picture, reply.picture ?? "", words, () => reply.n === latest);
    if (reply.view !== shown.view) await swap(view, reply.view ?? "", words, () => reply.n === latest);
    if (reply.file && reply.n !== shown.n && reply.to === asked) save(reply.file);
    shown = reply;
    if (reply.n) form.dataset.replies = reply.n; // for whoever waits for a reply, such as a test
  }

  async function send(action) {
    const values = await valuesOf(form);
    stopWaiting();
    asked = Date.now() + Math.random();
    form.setAttribute("aria-busy", "true");
    timers = [setTimeout(() => note(words.waiting), 700), setTimeout(() => { stopWaiting(); note(words.lost); }, words.patience)];
    model.set("submission", { n: asked, action, values });
    model.save_changes();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.submitter?.value ?? "");
  });
  form.addEventListener("input", (event) => {
    if (answered && (status.textContent || quiet.textContent) && !model.get("on_change") && controls.contains(event.target)) earlier.hidden = false;
  });
  form.addEventListener("change", async (event) => {
    if (model.get("on_change")) return send("change");
    if (event.target.type === "file") return;
    model.set("draft", await valuesOf(form));
    model.save_changes();
  });
  // Keys typed here belong to the form; those with Ctrl, Alt or Command stay the application's.
  form.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  model.on("change:reply", show);
  model.on("comm:close", () => note(words.reload));
  show(false);
  return () => { stopWaiting(); model.off("change:reply", show); };
}

export default { render };
