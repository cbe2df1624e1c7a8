// The bar at the foot of a lesson whose questions do not answer. Who reads far below the start button
// meets there what it says, and presses it without losing the place.
export class Bar {
  constructor(panel, words, press) {
    Object.assign(this, { panel, words });
    this.inSight = new Set();
    this.node = document.createElement("div");
    this.node.className = "mali-bar";
    this.node.setAttribute("role", "region");
    this.node.setAttribute("aria-label", words.barName);
    this.node.hidden = true;
    this.text = document.createElement("p");
    this.button = Object.assign(document.createElement("button"), { type: "button" });
    this.button.setAttribute("data-lm-suppress-shortcuts", "true");
    this.button.addEventListener("click", press);
    this.node.append(this.text, this.button);
    // Before the text, as the start button is: on a long page nobody would reach its end.
    panel.content.node.before(this.node);
    this.sight = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) this.inSight[isIntersecting ? "add" : "delete"](target);
      this.update();
    });
    // A form that dies under who writes in it takes the focus with it.
    panel.content.node.addEventListener("focusin", ({ target }) => { this.last = target; });
    panel.disposed.connect(() => this.sight.disconnect());
  }

  paint(state, busy) {
    for (const button of this.panel.node.querySelectorAll(".mali-start")) this.sight.observe(button);
    if (state !== this.state) {
      this.state = state;
      this.text.textContent = this.words[`${state}Bar`] ?? "";
      this.button.textContent = this.words[`${state}BarButton`] ?? this.words[state] ?? "";
      this.button.setAttribute("aria-disabled", busy);
    }
    this.update();
  }

  // The start button says the same: one of the two is enough. The one with the focus stays.
  update() {
    const held = this.node.contains(document.activeElement);
    const seen = [...this.inSight].some((button) => button.isConnected);
    const shown = this.text.textContent !== "" && (held || !seen);
    if (shown === !this.node.hidden) return;
    if (!shown && held) this.passFocus();
    this.node.hidden = !shown;
    this.panel.toggleClass("mali-has-bar", shown);
    const lost = document.activeElement === document.body && this.last && !this.last.isConnected;
    if (shown && lost && this.panel.isVisible) this.button.focus({ preventScroll: true });
  }

  // To what is being read: the first heading of a question in sight, or what stands highest.
  passFocus() {
    const frame = this.panel.content.node.getBoundingClientRect();
    const isSeen = (one) => {
      const { top, height } = one.getBoundingClientRect();
      return height > 0 && top >= frame.top && top < frame.bottom;
    };
    const find = (chosen) => [...this.panel.content.node.querySelectorAll(chosen)].find(isSeen);
    const goal = find(".mali-form .mali-title") ?? find(".mali-form, .jp-MarkdownOutput > *, .jp-Cell");
    if (!goal) return;
    if (!goal.hasAttribute("tabindex")) goal.tabIndex = -1;
    goal.setAttribute("data-lm-suppress-shortcuts", "true");
    goal.focus({ preventScroll: true });
  }
}
