// Lists with buttons to their previous and their next value.
function prepareStepping(root) {
  for (const box of root.querySelectorAll(".mali-step")) {
    const list = box.querySelector("select");
    // The value before (-1) or after (1) the chosen one, past those that cannot be chosen now.
    const neighbour = (by) => {
      let place = list.selectedIndex + by;
      while (list.options[place]?.disabled) place += by;
      return list.options[place];
    };
    const look = () => {
      for (const button of box.querySelectorAll("button[data-by]")) {
        // Not `disabled`: that would take away the focus of who arrives at the end.
        button.setAttribute("aria-disabled", String(!neighbour(Number(button.dataset.by))));
      }
    };
    look();
    describe(list, box);
    if (box.maliStepping) continue;
    box.maliStepping = true;
    box.addEventListener("change", look);
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-by]");
      const next = button && neighbour(Number(button.dataset.by));
      if (!next) return;
      list.value = next.value;
      list.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

let described = 0; // an id must be the only one of the page, also where a form is shown twice

// A list is described by the words on what cannot be chosen in it, if there are any.
function describe(list, box) {
  const why = box.querySelector(".mali-why");
  if (!why?.textContent) return list.removeAttribute("aria-describedby");
  why.id ||= `mali-why-${++described}`;
  list.setAttribute("aria-describedby", why.id);
}

// Gives a list its values anew. Those that stay are the same elements: else a screen reader would speak
// the list, as if somebody had chosen in it.
function renewOptions(list, html) {
  const next = document.createElement("select");
  next.innerHTML = html;
  const values = new Set([...next.options].map((option) => option.value));
  for (const option of [...list.options]) if (!values.has(option.value)) option.remove();
  const old = new Map([...list.options].map((option) => [option.value, option]));
  [...next.options].forEach((option, place) => {
    const same = old.get(option.value) ?? option;
    if (same.text !== option.text) same.text = option.text;
    same.disabled = option.disabled;
    if (list.options[place] !== same) list.insertBefore(same, list.options[place] ?? null);
  });
}
