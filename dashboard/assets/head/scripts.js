/* The scripts are fetched once the page that came drawn is on the screen: they delay no part of it. */
(() => {
  const fetchScripts = () => {
    const { content } = document.querySelector("#scripts");
    for (const { id, attributes } of content.querySelectorAll("script")) {
      const script = document.createElement("script");
      script.async = false; // one after the other, as they are written
      script.id = id;
      script.src = attributes.src.value;
      document.body.append(script);
    }
  };

  /* A frame is on the screen some time after it was asked for; in a tab left meanwhile, never. */
  const afterPaint = (task) => {
    const run = () => {
      observer.disconnect();
      document.removeEventListener("visibilitychange", run);
      task();
    };
    const observer = new PerformanceObserver(run);
    observer.observe({ type: "paint", buffered: true });
    document.addEventListener("visibilitychange", run);
  };

  window.addEventListener("load", () => {
    if (document.hidden) fetchScripts(); // nothing is painted in a tab behind another
    else afterPaint(fetchScripts);
  });
})();
