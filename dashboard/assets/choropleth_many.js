/* A map of very many places: one path for each class, and one link, which becomes the place under the
   pointer or in focus. Outlines are fetched when a reader reaches for the map, or it changes. */
(() => {
  const MOST_NAMED = 1000; // as in figures/dots.py
  const { add, addHatching, addLink, build, classOf, fetchOutlines, fill, finish, places, version } =
    window.dashboard.choropleth;
  const canvas = document.createElement("canvas").getContext("2d");

  const isMany = (props) => Object.keys(props.cells).length > MOST_NAMED;

  const boxOf = (key, outline) => {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of outline.split("z")) {
      let [x, y] = [0, 0]; // the first step of a ring is from here
      const steps = ring.match(/-?\d+/g) || [];
      for (let i = 0; i < steps.length; i += 2) {
        x += Number(steps[i]);
        y += Number(steps[i + 1]);
        [left, top] = [Math.min(left, x), Math.min(top, y)];
        [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
      }
    }
    return { key, outline, left, top, right, bottom, centre: [(left + right) / 2, (top + bottom) / 2] };
  };

  /* What a reader's pointer and keys need, once they reach for the map. */
  const load = async (svg) => {
    const { many } = svg;
    many.shapes ||= await fetchOutlines(many.props.shapes);
    many.boxes ||= Object.keys(many.props.cells)
      .filter((key) => many.shapes[key])
      .map((key) => boxOf(key, many.shapes[key].d));
    return many;
  };

  const placeAt = (svg, { clientX, clientY }) => {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
    return svg.many.boxes.find(
      ({ outline, left, top, right, bottom }) =>
        x >= left && x <= right && y >= top && y <= bottom &&
        canvas.isPointInPath(new Path2D(outline), x, y),
    )?.key;
  };

  const show = (svg, key) => {
    svg.many.key = key;
    fill(svg.many.link, key, svg.many.shapes, svg.many.props);
  };

  const point = async (svg, event) => {
    if (!svg.many) return;
    await load(svg);
    const key = placeAt(svg, event);
    if (!key || key === svg.many.key) return;
    show(svg, key);
    window.dashboard.sayPlace(svg.many.link);
  };

  const listen = (svg) => {
    svg.dataset.listens = "true";
    svg.addEventListener("pointermove", (event) => point(svg, event));
    svg.addEventListener("pointerdown", (event) => point(svg, event));
    svg.addEventListener("focusin", () => svg.many && load(svg).then(() => show(svg, svg.many.key)));
    svg.addEventListener("click", (event) => {
      if (!svg.many || event.target.closest("a")) return; // else a touch: the link came under it
      const click = new MouseEvent("click", { bubbles: true, cancelable: true });
      point(svg, event).then(() => svg.many.link.dispatchEvent(click));
    });
  };

  /* An arrow, Home or End: the link becomes the next place that way. */
  const move = (svg, key, neighbour) => {
    const { boxes, link } = svg.many;
    if (!boxes) return;
    const here = boxes.find((box) => box.key === svg.many.key) || boxes[0];
    const ends = { Home: boxes[0], End: boxes.at(-1) };
    show(svg, (ends[key] || neighbour(here, boxes, (box) => box.centre, key)).key);
    window.dashboard.sayPlace(link);
  };

  const colour = (svg, { shapes, props, link }) => {
    const outlines = {};
    for (const [key, [step]] of Object.entries(props.cells)) {
      (outlines[classOf(step)] ||= []).push(shapes[key]?.d || "");
    }
    for (const path of places(svg).querySelectorAll(":scope > path")) path.remove();
    for (const name of Object.keys(outlines).sort()) {
      link.before(add(places(svg), "path", { class: name, d: outlines[name].join("") }));
    }
    finish(svg, shapes, props);
  };

  /* The first drawing is the one that came in the document. */
  const adopt = (svg, props) => {
    const before = document.querySelector("#drawn svg.map");
    if (before?.getAttribute("aria-label") !== props.title) return false;
    svg.replaceChildren(...before.cloneNode(true).childNodes);
    addHatching(svg);
    return true;
  };

  const drawMany = async (svg, props, isCurrent) => {
    const isNew = svg.dataset.version !== version(props) || !svg.many;
    const many = isNew ? { props } : { ...svg.many, props };
    const isAdopted = isNew && adopt(svg, props);
    if (!isAdopted) many.shapes ||= await fetchOutlines(props.shapes);
    if (!isCurrent()) return;
    if (isNew && !isAdopted) build(svg, many.shapes, props);
    if (isNew) (many.link = addLink(places(svg), "")).setAttribute("tabindex", 0);
    if (!svg.dataset.listens) listen(svg);
    svg.many = many;
    if (!isAdopted) colour(svg, many);
    show(svg, many.key in props.cells ? many.key : Object.keys(props.cells)[0]);
    svg.dataset.version = version(props);
    svg.dataset.drawn = "true";
  };

  Object.assign(window.dashboard.choropleth, { drawMany, isMany, move });
})();
