// What a notebook keeps of its forms. In the page a form is a widget of a kernel. In the file it is
// HTML: the question with the learner's last answer, which needs neither kernel nor extension. Both
// carry the form's id in the output's metadata, so that a page opened anew finds the living widget.
const WIDGET = "application/vnd.jupyter.widget-view+json";
const HTML = "text/html";

export const lessonOf = (content) => content?.metadata?.mali_course?.lesson;

const formOf = (output) => output.metadata?.mali_course?.form || output.data?.[WIDGET]?.model_id || "";
const isForm = (output) => Boolean(output.data?.[HTML] && (output.data[WIDGET] || formOf(output)));

// The output with its widget, or, if its kernel is gone, with the newest HTML of it.
function output(given, alive) {
  if (!isForm(given)) return given;
  const form = formOf(given);
  const { [WIDGET]: _, ...data } = given.data;
  data[HTML] = globalThis.maliCourse?.saved?.get(form) ?? data[HTML];
  if (alive) data[WIDGET] = { version_major: 2, version_minor: 0, model_id: form };
  return { ...given, data, metadata: { ...given.metadata, mali_course: { form } } };
}

function inFile(content) {
  if (!lessonOf(content)) return content;
  const cells = content.cells.map((cell) =>
    cell.outputs ? { ...cell, outputs: cell.outputs.map((one) => output(one, false)) } : cell);
  return { ...content, cells };
}

// From now on the model writes and reads forms as the file holds them. Whenever the file is read,
// `before` is told the lesson before there are cells, and `after` looks at them.
export function keepForms(model, before, after) {
  const { fromJSON } = model;
  model.fromJSON = (content) => {
    before(lessonOf(content));
    fromJSON.call(model, inFile(content));
    after();
  };
  if (model.maliKept) return; // a second view of one notebook
  model.maliKept = true;
  const { toJSON } = model;
  model.toJSON = () => inFile(toJSON.call(model));
}

// The models of all outputs that are forms.
export function formsIn(model) {
  const found = [];
  for (const cell of model.cells) {
    for (let i = 0; i < (cell.outputs?.length ?? 0); i++) {
      if (isForm(cell.outputs.get(i).toJSON())) found.push(cell.outputs.get(i));
    }
  }
  return found;
}

// Shows each form as what it is: a widget if the kernel still has it, else its HTML.
export function settle(model, forms, alive) {
  const { dirty } = model;
  for (const one of forms) {
    const now = one.toJSON();
    const lives = alive.has(formOf(now));
    if (lives !== Boolean(now.data[WIDGET])) one.setData(output(now, lives));
  }
  model.dirty = dirty; // the file says the same as before
}

export const isAlive = (form) => Boolean(form.toJSON().data[WIDGET]?.model_id);
export const idOf = (form) => formOf(form.toJSON());
