/* The page that came drawn stays on the screen until the scripts have drawn the same one. */
(() => {
  const LONGEST = 4000; // ms to wait for the outlines of a map
  const drawn = () => document.querySelector("#drawn");
  const entry = document.querySelector("#react-entry-point");

  const isReady = () =>
    entry.querySelector("#main")?.childElementCount > 0 &&
    !entry.querySelector("svg.map:not([data-drawn])");

  /* What a reader did meanwhile: the place of the focus, open details, typed texts. */
  const carryOver = (before) => {
    const same = (element) => {
      const kind = element.tagName;
      return entry.querySelectorAll(kind)[[...before.querySelectorAll(kind)].indexOf(element)];
    };
    for (const details of before.querySelectorAll("details")) {
      const copy = same(details);
      if (copy) copy.open = details.open;
    }
    for (const input of before.querySelectorAll("input")) {
      const copy = same(input);
      if (copy && copy.value !== input.value) copy.value = input.value;
    }
    const active = document.activeElement;
    return before.contains(active) ? same(active) : null;
  };

  const takeOver = () => {
    const before = drawn();
    if (!before) return;
    const focused = carryOver(before);
    before.remove();
    focused?.focus({ preventScroll: true });
    observer.disconnect();
    document.dispatchEvent(new Event("dashboard:taken-over"));
  };

  const observer = new MutationObserver(() => isReady() && takeOver());
  observer.observe(entry, { childList: true, subtree: true, attributeFilter: ["data-drawn"] });
  setTimeout(() => entry.querySelector("#main")?.childElementCount && takeOver(), LONGEST);

  window.dashboard.isTakenOver = () => !drawn();
})();
