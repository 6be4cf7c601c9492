/* Play over time: the slider of periods moves by itself until it is stopped; never on its own. */
(() => {
  const PACE = 900; // ms that a period stays on the screen
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  const button = () => document.querySelector("[data-play]");
  const slider = () => document.querySelector("input[data-addresses]");

  let isPlaying = false;
  let timer;

  /* The page is drawn again at each period, so that the button is always new. */
  const show = () => {
    const current = button();
    if (!current) return;
    const { play, pause, step } = current.dataset;
    const state = isPlaying ? "playing" : "paused";
    if (current.dataset.state === state) return;
    current.dataset.state = state;
    const name = stillness.matches ? step : isPlaying ? pause : play;
    current.querySelector("span").textContent = name;
    current.title = name;
    slider().parentElement.querySelector("output").ariaLive = isPlaying ? "off" : "polite";
  };

  /* Nothing is read aloud while periods pass. */
  const change = (playing) => {
    clearTimeout(timer);
    isPlaying = playing;
    const main = document.querySelector("#main");
    if (playing) main.setAttribute("aria-busy", "true");
    else main.removeAttribute("aria-busy");
    show();
  };

  /* From the last period on to the first. One step back in the history leads to where it began. */
  const move = (isInPlace) => {
    const addresses = slider().dataset.addresses.split(" ");
    const next = (Number(slider().value) + 1) % addresses.length;
    const { key } = document.activeElement?.dataset ?? {};
    window.dashboard.go(addresses[next], key, null, isInPlace);
  };

  const isAtEnd = () => slider().value === slider().max;

  document.addEventListener("dashboard:arrived", () => {
    if (!isPlaying) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (slider() && !isAtEnd()) move(true);
      else change(false);
    }, PACE);
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-play]")) return;
    if (stillness.matches) {
      move(false);
      return;
    }
    change(!isPlaying);
    if (isPlaying) move(false);
  });

  const stop = () => {
    if (isPlaying) change(false);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
  });
  document.addEventListener("input", (event) => {
    if (event.target === slider()) stop();
  });
  document.addEventListener("visibilitychange", stop);
  new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
})();
