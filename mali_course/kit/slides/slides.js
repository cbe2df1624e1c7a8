// Starts reveal.js. Without this script the deck is a page with one slide under the other.
document.documentElement.classList.add("with-script");
// Print has a style of its own: a slide a page, with its notes.
document.getElementById("reveal-style").media = "screen";
Reveal.initialize({
  width: 1280,
  height: 720,
  margin: 0,
  minScale: 0.1,
  maxScale: 6,
  center: false,
  transition: "none",
  backgroundTransition: "none",
  autoAnimate: false,
  controls: true,
  controlsTutorial: false,
  progress: false, // the foot of each slide has its number
  hash: true,
  respondToHashChanges: true,
  navigationMode: "linear", // no key passes over the answer to a question
  keyboard: { 36: () => Reveal.slide(0, 0) }, // Home: not to where one was in the first part
  slideNumber: "c/t", // counts all slides, so that G and a number lead to the slide of that number
  overview: false, // small pictures of all slides would show the answers
  scrollActivationWidth: null,
  totalTime: Number(document.querySelector(".reveal").dataset.seconds),
  plugins: [RevealNotes],
});
