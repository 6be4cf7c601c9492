/* Keys of a clicker and of the keyboard in meeting mode; digits and Enter open a slide. */
(() => {
  const KEYS = {
    ArrowRight: "next",
    ArrowDown: "next",
    PageDown: "next",
    " ": "next",
    ArrowLeft: "previous",
    ArrowUp: "previous",
    PageUp: "previous",
    Home: "first",
    End: "last",
    Escape: "exit",
    ".": "black",
    "?": "help",
  };
  const LETTERS = {
    b: "black",
    f: "fullscreen",
    g: "grid",
    p: "rotate",
    w: "presenter",
    z: "highlight",
  };
  let digits = "";

  const action = (key) =>
    KEYS[key] || (window.dashboard.keys.areSingle() ? LETTERS[key.toLowerCase()] : null);

  document.addEventListener("keydown", (event) => {
    const { actions, main, show } = window.dashboard.deck;
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (modified || !main() || document.querySelector("dialog[open]")) return;
    const onControl = event.target.closest?.("button, a, input, textarea, select");
    if (onControl && [" ", "Enter"].includes(event.key)) return;
    if (event.key === "Escape" && document.fullscreenElement) return;
    if (/^\d$/.test(event.key)) {
      digits += event.key;
    } else if (event.key === "Enter" && digits) {
      event.preventDefault();
      show(Number(digits) - 1);
      digits = "";
    } else if (action(event.key)) {
      event.preventDefault();
      if (event.key === "Escape" && main().classList.contains("grid")) actions.grid();
      else actions[action(event.key)]();
    }
  });
})();
