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

  const LONGEST = 1500; // ms: some browsers never say that they have painted

  /* A frame is on the screen some time after it was asked for; in a tab that was left, never. */
  const afterPaint = (task) => {
    let observer = null;
    let timer = 0;
    const run = () => {
      observer?.disconnect();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", run);
      task();
    };
    timer = setTimeout(run, LONGEST);
    document.addEventListener("visibilitychange", run);
    if (performance.getEntriesByType("paint").length) {
      run();
    } else if (window.PerformanceObserver?.supportedEntryTypes?.includes("paint")) {
      observer = new PerformanceObserver(run);
      observer.observe({ type: "paint", buffered: true });
    }
  };

  window.addEventListener("load", () => {
    if (document.hidden) fetchScripts(); // nothing is painted in a tab behind another
    else afterPaint(fetchScripts);
  });
})();
