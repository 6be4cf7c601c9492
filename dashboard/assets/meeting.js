/* Meeting mode: the clicker's keys move between slides, digits and Enter open one. */
(() => {
  const MOVES = {
    ArrowRight: "next",
    ArrowDown: "next",
    PageDown: "next",
    " ": "next",
    ArrowLeft: "prev",
    ArrowUp: "prev",
    PageUp: "prev",
    Home: "first",
    End: "last",
    Escape: "up",
  };
  let digits = "";

  const openSlide = (number) => {
    const query = new URLSearchParams(location.search);
    query.set("slide", number);
    window.dashboard.go(`${location.pathname}?${query}`);
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-fullscreen]")) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });

  document.addEventListener("keydown", (event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (modified || !document.querySelector("main.view-meeting")) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === " " && event.target.closest?.("button")) return;
    if (event.key === "Escape" && document.fullscreenElement) return;
    if (/^\d$/.test(event.key)) {
      digits += event.key;
    } else if (event.key === "Enter" && digits) {
      event.preventDefault();
      openSlide(digits);
      digits = "";
    } else if (MOVES[event.key]) {
      event.preventDefault();
      document.querySelector(`.view-meeting [rel=${MOVES[event.key]}]`)?.click();
    }
  });
})();
