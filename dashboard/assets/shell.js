/* What the page does in the browser alone: title, theme and language of the document, the
   period slider, the search's options, and the keys of the meeting. */
(() => {
  const go = (address, key) => window.dashboard.go(address, key);
  const query = () => new URLSearchParams(location.search);

  const reflect = () => {
    const chosen = query();
    const root = document.documentElement;
    const theme = chosen.get("theme") || "light";
    if (root.dataset.theme !== theme) root.dataset.theme = theme;
    const language = document.querySelector(".languages [aria-current]")?.lang;
    if (language && root.lang !== language) root.lang = language;
    const title = document.querySelector("[data-title]")?.dataset.title;
    if (title && document.title !== title) document.title = title;
  };
  new MutationObserver(() => { reflect(); wire(); whenIdle(offer); }).observe(document.body, { childList: true, subtree: true });
  window.addEventListener("_dashprivate_pushstate", reflect);
  window.addEventListener("popstate", reflect);

  /* Period slider: an address for each stop. */
  let waiting;
  document.addEventListener("input", (event) => {
    const stops = event.target.dataset?.addresses?.split(" ");
    if (!stops) return;
    clearTimeout(waiting);
    const key = event.target.dataset.key;
    waiting = setTimeout(() => go(stops[event.target.value], key), 120);
  });

  /* Search: its options come once the page stands, in the page's language. */
  let offered = null;
  const offer = async () => {
    const language = document.documentElement.lang;
    if (offered === language || !document.querySelector("#search")) return;
    offered = language;
    const answer = await fetch(`/api/search?lang=${language}`);
    if (answer.ok) window.dash_clientside.set_props("search", { data: await answer.json() });
    else offered = null;
  };
  const whenIdle = window.requestIdleCallback || ((work) => setTimeout(work, 300));
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.cruscotto = {
    open: (path, search) => {
      if (!path) return window.dash_clientside.no_update;
      const kept = new URLSearchParams(search);
      const next = new URLSearchParams();
      for (const key of ["lang", "theme", "release"]) if (kept.get(key)) next.set(key, kept.get(key));
      const tail = next.toString();
      setTimeout(() => { go(path + (tail ? `?${tail}` : "")); document.activeElement?.blur(); }, 0);
      return null;
    },
  };

  /* Plotly: a click on a point chooses its territory. */
  document.addEventListener("click", (event) => {
    const close = document.querySelector("details.menu[open]");
    if (close && !close.contains(event.target)) close.open = false;
    if (event.target.closest("[data-fullscreen]")) {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen();
    }
  });
  const wire = () => {
    const graph = document.querySelector("#trend .js-plotly-plot");
    if (!graph || graph.wired || !graph.on) return;
    graph.wired = true;
    graph.on("plotly_click", (event) => { const to = event.points?.[0]?.customdata; if (to) go(to); });
  };

  /* Keys: "/" searches; in a meeting the clicker's keys move. */
  let digits = "";
  const follow = (rel) => document.querySelector(`.view-meeting [rel=${rel}]`)?.click();
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "Escape") document.querySelector("details.menu[open]")?.removeAttribute("open");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") { event.preventDefault(); document.querySelector("#search")?.focus(); return; }
    if (!document.querySelector("main.view-meeting")) return;
    const onButton = event.target.closest?.("button");
    const moves = {
      ArrowRight: "next", PageDown: "next", ArrowDown: "next", ArrowLeft: "prev", PageUp: "prev",
      ArrowUp: "prev", Home: "first", End: "last", Escape: "up",
    };
    if (event.key === " " && !onButton) { event.preventDefault(); follow("next"); return; }
    if (/^\d$/.test(event.key)) { digits += event.key; return; }
    if (event.key === "Enter" && digits) {
      const target = query();
      target.set("slide", digits);
      digits = "";
      event.preventDefault();
      go(`${location.pathname}?${target}`);
      return;
    }
    if (moves[event.key]) {
      if (event.key === "Escape" && document.fullscreenElement) return;
      event.preventDefault();
      follow(moves[event.key]);
    }
  });
})();
