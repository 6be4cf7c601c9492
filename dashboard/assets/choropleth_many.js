/* A map of very many places: one path for each class, and one link, which becomes the place under the
   pointer or in focus. What that takes is fetched when a reader reaches for it: choropleth_places.js. */
(() => {
  const { add, addHatching, addLink, build, classOf, fetchOutlines, fill, finish, places, version } =
    window.dashboard.choropleth;

  const isMany = (props) => Boolean(props.steps);

  const show = (svg, key) => {
    const { link, props, shapes } = svg.many;
    if (!props.cells[key]) return; // its text has not come
    svg.many.key = key;
    fill(link, key, shapes, props);
  };

  const point = async (svg, event) => {
    const { many } = svg;
    if (!many) return;
    await window.dashboard.choropleth.reach(many);
    const key = svg.many === many && window.dashboard.choropleth.placeAt(svg, event);
    if (!key || key === many.key) return;
    show(svg, key);
    window.dashboard.sayPlace(many.link);
  };

  const focus = async (svg) => {
    const { many } = svg;
    if (!many) return;
    await window.dashboard.choropleth.reach(many);
    if (svg.many === many) show(svg, many.key);
  };

  const listen = (svg) => {
    svg.dataset.listens = "true";
    svg.addEventListener("pointermove", (event) => point(svg, event));
    svg.addEventListener("pointerdown", (event) => point(svg, event));
    svg.addEventListener("focusin", () => focus(svg));
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
    for (const [i, [, { d }]] of window.dashboard.choropleth.outlinesOf(shapes, props.level).entries()) {
      (outlines[classOf(Number(props.steps[i]))] ||= []).push(d);
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
    const many = isNew ? { props } : { ...svg.many, props, cells: null };
    const isAdopted = isNew && adopt(svg, props);
    if (!isAdopted) many.shapes ||= await fetchOutlines(props.shapes);
    if (!isCurrent()) return;
    if (isNew && !isAdopted) build(svg, many.shapes, props);
    if (isNew) (many.link = addLink(places(svg), "")).setAttribute("tabindex", 0);
    if (!svg.dataset.listens) listen(svg);
    svg.many = many;
    if (!isAdopted) colour(svg, many);
    const before = many.key;
    show(svg, Object.keys(props.cells)[0]);
    svg.dataset.version = version(props);
    svg.dataset.drawn = "true";
    if (!before || !svg.matches(":hover, :focus-within")) return;
    many.key = before; // the place that the reader is at
    focus(svg);
  };

  Object.assign(window.dashboard.choropleth, { drawMany, isMany, move });
})();
