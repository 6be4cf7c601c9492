/* Meeting mode: every slide is in the page; keys, buttons and touch show one at a time. */
(() => {
  const ROTATION = 20000; // ms that a slide stays while the deck rotates
  const SWIPE = 60; // px
  const ORIGIN = "room-origin"; // the page that the room was entered from, as long as the tab is open

  const main = () => document.querySelector("main.view-meeting");
  const slides = () => [...document.querySelectorAll(".view-meeting .slide")];
  const current = () => document.querySelector(".view-meeting .slide.current");
  const position = () => slides().indexOf(current());
  const listeners = []; // of the presenter's window
  let timer = null;

  const write = () => {
    const state = document.querySelector(".deck-state");
    const texts = [state.dataset.frozen];
    if (main().classList.contains("black")) texts.push(state.dataset.black);
    if (timer) texts.push(state.dataset.rotating);
    state.textContent = texts.join(" · ");
  };

  const show = (number, isEcho) => {
    const all = slides();
    const target = Math.min(Math.max(number, 0), all.length - 1);
    all.forEach((slide, i) => {
      slide.hidden = i !== target;
      slide.classList.toggle("current", i === target);
      slide.classList.toggle("coming", i === target + 1);
    });
    const query = new URLSearchParams(location.search);
    if (target) query.set("slide", target + 1);
    else query.delete("slide");
    const text = query.toString();
    history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : ""));
    write();
    for (const listen of listeners) listen(isEcho);
  };

  const rotate = () => {
    timer = timer ? clearInterval(timer) : setInterval(next, ROTATION);
    write();
  };
  const next = () => show(timer && position() === slides().length - 1 ? 0 : position() + 1);

  const black = (isBlack) => {
    main().classList.toggle("black", isBlack);
    write();
    for (const listen of listeners) listen();
  };

  const fullscreen = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  };

  /* The next bar of the slide stands out; after the last, none does. */
  const highlight = () => {
    const bars = [...current().querySelectorAll(".slide-bars li:not(.axis)")];
    const before = bars.findLastIndex((bar) => bar.classList.contains("on"));
    bars.forEach((bar, i) => bar.classList.toggle("on", i === before + 1));
  };

  const { tab } = window.memory;

  const remember = () => {
    if (!main()) tab.write(ORIGIN, location.pathname + location.search);
  };
  const exitLink = () => document.querySelector('[data-deck="exit"]');
  const exit = () => window.dashboard.go(exitLink().getAttribute("href"));

  /* The way out leads to where one came from; to the deck's own page if the room was opened first. */
  const leadBack = () => {
    const origin = tab.read(ORIGIN);
    if (origin) exitLink()?.setAttribute("href", origin);
  };

  const actions = {
    next,
    previous: () => show(position() - 1),
    first: () => show(0),
    last: () => show(slides().length - 1),
    black: () => black(!main().classList.contains("black")),
    grid: () => main().classList.toggle("grid"),
    help: () => window.dashboard.keys.help(),
    rotate,
    highlight,
    fullscreen,
    exit,
  };

  document.addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-deck]")?.dataset.deck;
    if (name && name !== "exit") return actions[name]?.();
    const tile = event.target.closest?.(".view-meeting.grid .slide");
    if (!tile) return;
    main().classList.remove("grid");
    show(slides().indexOf(tile));
  });

  remember();
  document.addEventListener("dashboard:arrived", remember);

  let start = null;
  document.addEventListener("touchstart", (event) => {
    start = main() && event.touches.length === 1 ? event.touches[0].clientX : null;
  });
  document.addEventListener("touchend", (event) => {
    const move = start === null ? 0 : event.changedTouches[0].clientX - start;
    if (Math.abs(move) > SWIPE) actions[move < 0 ? "next" : "previous"]();
  });

  /* Behind a slide nothing has the focus; leaving the deck stops it. */
  const prepare = () => {
    const isOpen = Boolean(main()?.querySelector(".deck"));
    for (const id of ["chrome", "searchbox"]) {
      const element = document.getElementById(id);
      if (element) element.inert = isOpen;
    }
    if (!isOpen && timer) timer = clearInterval(timer);
    if (isOpen) document.fonts.load('700 1em "Titillium Web"'); // of a slide not yet seen
    if (isOpen) leadBack();
    if (isOpen && !current()) show(new URLSearchParams(location.search).get("slide") - 1);
  };
  new MutationObserver(prepare).observe(document.body, { childList: true, subtree: true });

  window.dashboard.deck = { actions, black, current, listeners, main, position, show, slides };
})();
