/* A click on a point of a Plotly chart opens the address that the point carries. */
(() => {
  const bound = new WeakSet();

  const bind = () => {
    const graph = document.querySelector("#trend .js-plotly-plot");
    if (!graph?.on || bound.has(graph)) return;
    bound.add(graph);
    graph.on("plotly_click", (event) => {
      const address = event.points?.[0]?.customdata;
      if (address) window.dashboard.go(address);
    });
  };

  new MutationObserver(bind).observe(document.body, { childList: true, subtree: true });
})();
