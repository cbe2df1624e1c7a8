// The claim map needs no script. With one, Escape closes what is open in a section, as "Close" does.
if (!globalThis.maliClaims) {
  globalThis.maliClaims = true; // once a page, however often this script is loaded
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return; // it has closed the meaning of a word
    const section = event.key === "Escape" && event.target.closest?.(".mali-claims-section");
    const open = section && section.querySelector(".mali-claim > :checked");
    if (!open) return;
    event.preventDefault();
    event.stopPropagation();
    open.checked = false;
    open.focus();
  }, true);
}
