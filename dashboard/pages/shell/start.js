/* Before anything is drawn: theme and language of the document, and Plotly without MathJax. */
(() => {
  const root = document.documentElement;
  const chosen = new URLSearchParams(location.search);
  root.dataset.theme = chosen.get("theme") || "light";
  root.lang = chosen.get("lang") || root.lang;
  window.PlotlyConfig = { MathJaxConfig: "local" };
})();
