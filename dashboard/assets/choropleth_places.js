/* The places of a map of very many: their outlines and what they say are fetched when a reader reaches
   for the map; where each is, to find the one under the pointer. */
(() => {
  const canvas = document.createElement("canvas").getContext("2d");

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

  /* The outlines of a level, in the order of their document. */
  const outlinesOf = (shapes, level) =>
    Object.entries(shapes)
      .filter(([key, { zone }]) => key !== "borders" && (level === "zone") === (zone === undefined))
      .sort(([, a], [, b]) => a.order - b.order);

  /* The class and text of each place; without an answer the next reach asks again. */
  const fetchCells = async (many) => {
    const page = window.dashboard.answer.addressOf(many.props.page);
    const answer = await fetch(page.replace("/_page/", "/_places/")).catch(() => null);
    if (!answer?.ok) many.cells = null;
    return answer?.ok ? answer.json() : many.props.cells;
  };

  /* What a reader's pointer and keys need, once they reach for the map. */
  const reach = async (many) => {
    const { fetchOutlines } = window.dashboard.choropleth;
    many.cells ||= fetchCells(many);
    const [shapes, cells] = await Promise.all([fetchOutlines(many.props.shapes), many.cells]);
    many.props = { ...many.props, cells };
    many.shapes = shapes;
    many.boxes ||= outlinesOf(shapes, many.props.level).map(([key, { d }]) => boxOf(key, d));
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

  Object.assign(window.dashboard.choropleth, { outlinesOf, placeAt, reach });
})();
