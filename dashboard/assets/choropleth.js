/* The Choropleth component: outlines are fetched once and stay; a change recolours them. */
(() => {
  const { createElement, useEffect, useRef } = window.React;
  const SVG = "http://www.w3.org/2000/svg";
  const kept = {};
  const outlines = (address) => {
    kept[address] ||= fetch(address).then((answer) => answer.text()).then((text) => {
      const found = {};
      for (const path of new DOMParser().parseFromString(text, "image/svg+xml").querySelectorAll("path")) {
        found[path.id.replace(/^t-(zone-)?/, "")] = { d: path.getAttribute("d"), zone: path.dataset.zone };
      }
      return found;
    });
    return kept[address];
  };
  const add = (parent, tag, attributes = {}) => {
    const made = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return parent.appendChild(made);
  };

  const build = (svg, shapes, props) => {
    svg.replaceChildren();
    const pattern = add(add(svg, "defs"), "pattern", {
      id: "hatch", width: 10, height: 10, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
    });
    add(pattern, "rect", { width: 10, height: 10, class: "hatch-ground" });
    add(pattern, "path", { d: "M0 0V10", class: "hatch-line" });
    const places = add(svg, "g", { class: "places" });
    const links = {};
    for (const key of Object.keys(props.cells)) {
      const link = add(places, "a", { "data-key": `map-${key}` });
      add(link, "path", { d: shapes[key]?.d || "" });
      add(link, "title");
      links[key] = link;
    }
    for (const name of ["casing", "outlines"]) {
      const group = add(svg, "g", { class: name });
      for (const zone of props.zones) add(group, "path", { d: shapes[zone].d });
    }
    return {
      links, level: props.level,
      around: add(svg, "g", { class: "chosen-casing" }), chosen: add(svg, "g", { class: "chosen" }),
      names: add(svg, "g", { class: "names", "aria-hidden": "true" }),
    };
  };

  const recolour = (drawn, shapes, props) => {
    for (const [key, [step, label]] of Object.entries(props.cells)) {
      const link = drawn.links[key];
      link.setAttribute("class", step ? `c${step}` : "nodata");
      link.lastChild.textContent = label;
      const zone = shapes[key]?.zone;
      const target = !zone ? key : zone === props.focus ? `${zone},${key}` : zone;
      link.setAttribute("href", props.address.replace("TERRITORY", target));
    }
    for (const group of [drawn.around, drawn.chosen]) {
      group.replaceChildren();
      for (const key of props.chosen) if (shapes[key]) add(group, "path", { d: shapes[key].d });
    }
    drawn.names.innerHTML = props.names;
  };

  const Choropleth = (props) => {
    const element = useRef(null);
    const drawn = useRef(null);
    useEffect(() => {
      let wanted = true;
      outlines(props.shapes).then((shapes) => {
        if (!wanted || !element.current) return;
        if (drawn.current?.level !== props.level + props.shapes) {
          drawn.current = build(element.current, shapes, props);
          drawn.current.level = props.level + props.shapes;
        }
        recolour(drawn.current, shapes, props);
        element.current.dataset.drawn = "true";
      });
      return () => { wanted = false; };
    });
    return createElement("svg", {
      ref: element, className: "map", role: "group", "aria-label": props.title,
      viewBox: `-6 -6 ${props.size[0] + 12} ${props.size[1] + 12}`,
    });
  };
  window.dashboard.Choropleth = Choropleth;
})();
