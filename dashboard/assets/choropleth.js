/* The Choropleth component: outlines are fetched once and stay; a change recolours them. One place is
   a stop of the keyboard, arrows go on from it (map_keys.js). */
(() => {
  const { createElement, useEffect, useRef } = window.React;
  const SVG = "http://www.w3.org/2000/svg";
  const documents = {}; // outlines by address: each is fetched once

  const fetchOutlines = (address) => {
    documents[address] ||= fetch(address).then((answer) => answer.text()).then(parseOutlines);
    return documents[address];
  };

  const parseOutlines = (text) => {
    const paths = new DOMParser().parseFromString(text, "image/svg+xml").querySelectorAll("path");
    return Object.fromEntries([...paths].map((path) => [
      path.id.replace(/^t-(zone-)?/, ""),
      { d: path.getAttribute("d"), zone: path.dataset.zone },
    ]));
  };

  const add = (parent, tag, attributes = {}) => {
    const element = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return parent.appendChild(element);
  };

  const addHatching = (svg) => {
    const pattern = add(add(svg, "defs"), "pattern", {
      id: "hatch",
      width: 10,
      height: 10,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    });
    add(pattern, "rect", { width: 10, height: 10, class: "hatch-ground" });
    add(pattern, "path", { d: "M0 0V10", class: "hatch-line" });
  };

  /* Draw every place and outline; return the elements that a change of the map touches. */
  const build = (svg, shapes, props) => {
    svg.replaceChildren();
    addHatching(svg);
    const places = add(svg, "g", { class: "places" });
    const links = {};
    for (const key of Object.keys(props.cells)) {
      const link = add(places, "a", { "data-key": `map-${key}`, tabindex: -1 });
      add(link, "path", { d: shapes[key]?.d || "" });
      add(link, "title");
      links[key] = link;
    }
    for (const name of ["casing", "outlines"]) {
      const group = add(svg, "g", { class: name });
      for (const zone of props.zones) add(group, "path", { d: shapes[zone].d });
    }
    places.firstElementChild?.setAttribute("tabindex", 0);
    const highlights = ["chosen-casing", "chosen"].map((name) => add(svg, "g", { class: name }));
    const names = add(svg, "g", { class: "names", "aria-hidden": "true" });
    return { version: version(props), links, highlights, names };
  };

  const version = (props) => props.level + props.shapes;

  const recolour = (map, shapes, props) => {
    for (const [key, [step, label]] of Object.entries(props.cells)) {
      const link = map.links[key];
      link.setAttribute("class", step ? `c${step}` : "nodata");
      link.lastChild.textContent = label;
      const zone = shapes[key]?.zone;
      const target = !zone ? key : zone === props.focus ? `${zone},${key}` : zone;
      link.setAttribute("href", props.address.replace("TERRITORY", target));
    }
    const highlighted = props.highlighted.filter((key) => shapes[key]);
    for (const group of map.highlights) {
      group.replaceChildren();
      for (const key of highlighted) add(group, "path", { d: shapes[key].d });
    }
    map.names.innerHTML = props.names;
  };

  const Choropleth = (props) => {
    const element = useRef(null);
    const map = useRef(null);
    useEffect(() => {
      let isCurrent = true;
      fetchOutlines(props.shapes).then((shapes) => {
        if (!isCurrent || !element.current) return;
        if (map.current?.version !== version(props)) {
          map.current = build(element.current, shapes, props);
        }
        recolour(map.current, shapes, props);
        element.current.dataset.drawn = "true";
      });
      return () => { isCurrent = false; };
    });
    const drawing = createElement("svg", {
      ref: element,
      className: "map",
      role: "group",
      "aria-label": props.title,
      viewBox: `-6 -6 ${props.size[0] + 12} ${props.size[1] + 12}`,
    });
    const readout = createElement("output", { className: "map-readout" });
    return createElement("div", { className: "map-box" }, drawing, readout);
  };

  window.dashboard.Choropleth = Choropleth;
})();
