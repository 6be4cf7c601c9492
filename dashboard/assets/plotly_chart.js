/* The PlotlyChart component: Plotly's script, by far the largest, is fetched with the first chart. */
(() => {
  const { createElement, useEffect, useRef, useState } = window.React;
  const PHONE = window.matchMedia("(max-width: 640px)"); // as in base.css
  const NARROW = window.matchMedia("(max-width: 1279px)"); // as in chart.css
  const THEMES = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "print"]; // not chosen
  const WATCHED = [PHONE, NARROW, ...THEMES.map((query) => window.matchMedia(query))];
  const MARGIN = 18; // px right of the plot of a phone
  let library = null;

  const fetchLibrary = (address) => {
    library ||= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => {
        library = null; // the next chart tries again
        reject(new Error(address));
      };
      script.src = address;
      document.head.append(script);
    });
    return library;
  };

  /* What has no space in the plot is below it: texts of breaks, on a phone names and values too. */
  const fitted = ({ data, layout }) => ({
    data: PHONE.matches ? data.filter((trace) => trace.meta !== "aside") : data,
    layout: {
      ...layout,
      annotations: layout.annotations.filter((text) => !NARROW.matches || text.name !== "break"),
      margin: PHONE.matches ? { ...layout.margin, r: MARGIN } : layout.margin,
    },
  });

  /* Plotly takes no custom properties, `var(--ink)`: it is given their values in the present theme. */
  const inColours = (value) => {
    const style = getComputedStyle(document.documentElement);
    const named = (_, name) => style.getPropertyValue(name).trim();
    return JSON.parse(JSON.stringify(value).replace(/var\((--[\w-]+)\)/g, named));
  };

  const PlotlyChart = ({ id, figure, config, height, library: address, failure }) => {
    const element = useRef(null);
    const [isMissing, setMissing] = useState(false);
    useEffect(() => {
      const place = element.current;
      return () => window.Plotly?.purge(place);
    }, []);
    useEffect(() => {
      let isCurrent = true;
      const draw = () => {
        fetchLibrary(address).then((plotly) => {
          if (!isCurrent) return;
          setMissing(false);
          const { data, layout } = inColours(fitted(figure));
          plotly.react(element.current, data, layout, config);
        }, () => { if (isCurrent) setMissing(true); });
      };
      draw();
      const themes = new MutationObserver(draw);
      themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
      for (const query of WATCHED) query.addEventListener("change", draw);
      return () => {
        isCurrent = false;
        themes.disconnect();
        for (const query of WATCHED) query.removeEventListener("change", draw);
      };
    }, [figure, config, address]);
    const message = isMissing && createElement("p", { role: "alert", className: "empty" }, failure);
    const space = { ref: element, style: { height: isMissing ? 0 : "100%" } };
    const chart = createElement("div", space);
    return createElement("div", { id, style: { height: `${height}px` } }, message, chart);
  };

  window.dashboard.PlotlyChart = PlotlyChart;
})();
