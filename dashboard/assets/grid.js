/* The grid's script (1.3 MB) comes when a grid is first drawn, not with every page. */
(() => {
  const { createElement, useEffect, useState } = window.React;
  const FOLDER = "_dash-component-suites/dash_ag_grid/";
  let arriving = null;
  let Real = null;

  const bring = () => {
    arriving ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const config = JSON.parse(document.getElementById("_dash-config").textContent);
      script.src = (config.requests_pathname_prefix || "/") + FOLDER + "dash_ag_grid.min.js";
      script.onload = () => {
        Real = window.dash_ag_grid.AgGrid;
        window.dash_ag_grid = { ...window.dash_ag_grid, AgGrid: Lazy };
        resolve();
      };
      script.onerror = reject;
      document.head.append(script);
    });
    return arriving;
  };

  const Lazy = (props) => {
    const [ready, become] = useState(Real !== null);
    useEffect(() => { if (!ready) bring().then(() => become(true)); }, []);
    if (ready) return createElement(Real, props);
    return createElement("div", { id: props.id, className: `${props.className} waiting`, "aria-busy": true });
  };
  window.dash_ag_grid = { AgGrid: Lazy };

  /* What the cells need: a link to the row's page, and numbers written as the server writes them
     (half-even, true minus; a missing one is a dash). */
  const written = (value, decimals, lang) => {
    if (value === null || value === undefined) return "–";
    const format = new Intl.NumberFormat(lang === "it" ? "it-IT" : "en-GB", {
      minimumFractionDigits: decimals, maximumFractionDigits: decimals,
      useGrouping: "always", roundingMode: "halfEven", signDisplay: "negative",
    });
    return format.format(value).replace("-", "−");
  };
  window.dashAgGridFunctions = Object.assign(window.dashAgGridFunctions || {}, {
    millions: (value, lang) => written(value == null ? value : value / 1e6, 1, lang),
    percent: (value, lang) => (value == null ? "–" : `${written(100 * value, 0, lang)}\u00a0%`),
  });
  window.dashAgGridComponentFunctions = Object.assign(window.dashAgGridComponentFunctions || {}, {
    RowLink: (props) =>
      createElement("a", { href: props.path + props.data[props.of] + props.query }, props.value),
  });

  /* A form whose answer is an address of the dashboard. */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.find")) return;
    event.preventDefault();
    const chosen = new URLSearchParams(new FormData(event.target));
    for (const [key, value] of [...chosen]) if (!value.trim()) chosen.delete(key);
    const query = chosen.toString();
    window.dashboard.go(event.target.getAttribute("action") + (query ? `?${query}` : ""));
  });
})();
