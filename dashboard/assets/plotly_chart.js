/* The PlotlyChart component: Plotly's script, by far the largest, is fetched with the first chart. */
(() => {
  const { createElement, useEffect, useRef } = window.React;
  let library = null;

  const fetchLibrary = (address) => {
    library ||= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = () => resolve(window.Plotly);
      script.onerror = reject;
      script.src = address;
      document.head.append(script);
    });
    return library;
  };

  const PlotlyChart = ({ id, figure, config, height, library: address }) => {
    const element = useRef(null);
    useEffect(() => {
      const place = element.current;
      return () => window.Plotly?.purge(place);
    }, []);
    useEffect(() => {
      let isCurrent = true;
      fetchLibrary(address).then((plotly) => {
        if (isCurrent) plotly.react(element.current, figure.data, figure.layout, config);
      }, () => { library = null; }); // the next chart tries again
      return () => { isCurrent = false; };
    });
    const chart = createElement("div", { ref: element, style: { height: "100%" } });
    return createElement("div", { id, style: { height: `${height}px` } }, chart);
  };

  window.dashboard.PlotlyChart = PlotlyChart;
})();
