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

  const afterPaint = (task) => requestAnimationFrame(() => setTimeout(task));

  window.addEventListener("load", () => {
    if (document.hidden) fetchScripts(); // nothing is painted in a tab behind another
    else afterPaint(fetchScripts);
  });
})();
