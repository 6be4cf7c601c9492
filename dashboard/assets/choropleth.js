/* The Choropleth component: outlines are fetched once and stay; a change recolours them. One place is
   a stop of the keyboard, arrows go on from it. Very many places: choropleth_many.js. */
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
    const outline = (path, order) => ({ d: path.getAttribute("d"), zone: path.dataset.zone, order });
    const keyOf = (path) => path.id.replace(/^t-(zone-)?/, "");
    return Object.fromEntries([...paths].map((path, order) => [keyOf(path), outline(path, order)]));
  };

  const add = (parent, tag, attributes = {}) => {
    const element = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return parent.appendChild(element);
  };

  const addHatching = (svg) => {
    const size = { width: 10, height: 10, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
    const pattern = add(add(svg, "defs"), "pattern", { id: "hatch", ...size });
    add(pattern, "rect", { width: 10, height: 10, class: "hatch-ground" });
    add(pattern, "path", { d: "M0 0V10", class: "hatch-line" });
  };

  const classOf = (step) => (step ? `c${step}` : "nodata");

  const addLink = (places, key) => {
    const link = add(places, "a", { "data-key": `map-${key}`, tabindex: -1 });
    add(link, "path");
    add(link, "title");
    return link;
  };

  /* Make a link that of a place: its outline, class, text and address. */
  const fill = (link, key, shapes, props) => {
    const [step, label] = props.cells[key];
    const zone = shapes?.[key]?.zone;
    const target = !zone ? key : zone === props.focus ? `${zone},${key}` : zone;
    link.setAttribute("class", classOf(step));
    link.setAttribute("data-key", `map-${key}`);
    link.setAttribute("href", props.address.replace("TERRITORY", target));
    link.lastChild.textContent = label;
    const outline = shapes?.[key]?.d || "";
    if (link.firstChild.getAttribute("d") !== outline) link.firstChild.setAttribute("d", outline);
  };

  /* Draw the layers of a map without its places. */
  const build = (svg, shapes, props) => {
    svg.replaceChildren();
    addHatching(svg);
    add(svg, "g", { class: "places" });
    for (const name of ["casing", "outlines"]) {
      const group = add(svg, "g", { class: name });
      if (props.zones.length) add(group, "path", { d: shapes.borders.d });
    }
    for (const name of ["chosen-casing", "chosen"]) add(svg, "g", { class: name });
    add(svg, "g", { class: "names", "aria-hidden": "true" });
  };

  const places = (svg) => svg.querySelector(".places");
  const version = (props) => props.level + props.shapes;

  /* Each place has a link of its own. */
  const drawEach = async (svg, props, isCurrent) => {
    const shapes = await fetchOutlines(props.shapes);
    if (!isCurrent()) return;
    svg.many = null;
    if (svg.dataset.version !== version(props)) {
      build(svg, shapes, props);
      for (const key of Object.keys(props.cells)) addLink(places(svg), key);
      places(svg).firstElementChild?.setAttribute("tabindex", 0);
    }
    Object.keys(props.cells).forEach((key, i) => fill(places(svg).children[i], key, shapes, props));
    finish(svg, shapes, props);
  };

  const finish = (svg, shapes, props) => {
    const highlighted = props.highlighted.filter((key) => shapes[key]);
    for (const group of svg.querySelectorAll(".chosen-casing, .chosen")) {
      group.replaceChildren();
      for (const key of highlighted) add(group, "path", { d: shapes[key].d });
    }
    svg.querySelector(".names").innerHTML = props.names;
    svg.dataset.version = version(props);
    svg.dataset.drawn = "true";
  };

  const Choropleth = (props) => {
    const element = useRef(null);
    useEffect(() => {
      let isCurrent = true;
      const { isMany, drawMany } = window.dashboard.choropleth;
      const draw = isMany(props) ? drawMany : drawEach;
      draw(element.current, props, () => isCurrent && element.current);
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
  window.dashboard.choropleth = {
    add, addHatching, addLink, build, classOf, fetchOutlines, fill, finish, places, version,
  };
})();
