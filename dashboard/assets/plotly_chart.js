/* The PlotlyChart component: Plotly's script, by far the largest, is fetched with the first chart. */
(() => {
  const { createElement, useEffect, useRef, useState } = window.React;
  const PHONE = window.matchMedia("(max-width: 640px)"); // as in base.css
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

  /* On a phone the names and values of the lines are in the list below the plot. */
  const onPhone = ({ data, layout }) => ({
    data: data.filter((trace) => trace.meta !== "aside"),
    layout: {
      ...layout,
      annotations: layout.annotations.filter((text) => text.name !== "break"),
      margin: { ...layout.margin, r: MARGIN },
    },
  });

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
          const { data, layout } = PHONE.matches ? onPhone(figure) : figure;
          plotly.react(element.current, data, layout, config);
        }, () => { if (isCurrent) setMissing(true); });
      };
      draw();
      PHONE.addEventListener("change", draw);
      return () => {
        isCurrent = false;
        PHONE.removeEventListener("change", draw);
      };
    }, [figure, config, address]);
    const message = isMissing && createElement("p", { role: "status" }, failure);
    const chart = createElement("div", { ref: element, style: { height: "100%" } });
    return createElement("div", { id, style: { height: `${height}px` } }, message, chart);
  };

  window.dashboard.PlotlyChart = PlotlyChart;
})();
