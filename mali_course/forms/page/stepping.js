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
