/* Points of a line chart: what they say on hover, touch and focus; where a click leads. */
(() => {
  const NEAR = 28; // px between the pointer and a point

  /* Draw the points of a line among very many: until they are read they are texts. */
  const draw = (group) => {
    const { points, radius } = group.dataset;
    for (const point of points.split("|")) {
      const [, x, y, text] = /^(\S+) (\S+) (.*)$/.exec(point);
      const circle = document.createElementNS(group.namespaceURI, "circle");
      circle.setAttribute("cx", `${x}%`);
      circle.setAttribute("cy", y);
      circle.setAttribute("r", radius);
      circle.dataset.text = text;
      group.append(circle);
    }
    delete group.dataset.points;
  };

  const pointsOf = (chart) => {
    chart.querySelectorAll(".points[data-points]").forEach(draw);
    return [...chart.querySelectorAll(".points circle")];
  };
  const place = (point) => ({
    x: point.cx.baseVal.value,
    y: point.cy.baseVal.value,
  });

  const readout = (chart) => {
    const box = chart.parentElement;
    let output = box.querySelector("output");
    if (!output) {
      output = document.createElement("output");
      output.className = "readout";
      box.append(output);
    }
    return output;
  };

  const show = (chart, point) => {
    const before = chart.querySelector(".current");
    if (before === point) return;
    before?.classList.remove("current");
    const output = readout(chart);
    output.textContent = point?.dataset.text || "";
    output.hidden = !point;
    if (!point) return;
    point.classList.add("current");
    const at = point.getBoundingClientRect();
    const box = output.parentElement.getBoundingClientRect();
    const half = output.offsetWidth / 2;
    const x = at.x + at.width / 2 - box.x;
    output.style.left = `${Math.min(Math.max(x, half), box.width - half)}px`;
    output.style.top = `${at.y - box.y - output.offsetHeight - 8}px`;
  };

  const nearest = (points, x, y, most) => {
    const distances = points.map((point) => {
      const at = place(point);
      return Math.hypot(at.x - x, at.y - y);
    });
    const least = Math.min(...distances);
    return least <= most ? points[distances.indexOf(least)] : null;
  };

  /* The next point with an arrow: along its line, or to the line above or below it. */
  const neighbour = (chart, current, key) => {
    const points = pointsOf(chart);
    if (!current) return points.at(-1);
    const line = [...current.parentElement.children];
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (step) return line[line.indexOf(current) + step] || current;
    if (key === "Home") return line[0];
    if (key === "End") return line.at(-1);
    const at = place(current);
    const isBeyond = (point) =>
      key === "ArrowUp" ? place(point).y < at.y : place(point).y > at.y;
    const column = points.filter((point) => place(point).x === at.x && isBeyond(point));
    return nearest(column, at.x, at.y, Infinity) || current;
  };

  const go = (point) => {
    const address = point?.parentElement.dataset.href;
    if (address) window.dashboard.go(address, "chart");
  };

  document.addEventListener("pointermove", (event) => {
    const chart = event.target.closest?.(".line-chart");
    for (const other of document.querySelectorAll(".line-chart:has(.current)")) {
      if (other !== chart && other !== document.activeElement) show(other, null);
    }
    if (!chart) return;
    const box = chart.getBoundingClientRect();
    show(chart, nearest(pointsOf(chart), event.clientX - box.x, event.clientY - box.y, NEAR));
  });

  document.addEventListener("click", (event) => {
    const chart = event.target.closest?.(".line-chart");
    if (chart) go(chart.querySelector(".current"));
  });

  document.addEventListener("keydown", (event) => {
    const chart = event.target.closest?.(".line-chart");
    if (!chart) return;
    const current = chart.querySelector(".current");
    if (event.key === "Enter") go(current);
    else if (event.key === "Escape") show(chart, null);
    else if (/^(Arrow|Home|End)/.test(event.key)) {
      event.preventDefault();
      show(chart, neighbour(chart, current, event.key));
    }
  });

  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.(".line-chart")) readout(event.target);
  });

  document.addEventListener("focusout", (event) => {
    const chart = event.target.closest?.(".line-chart");
    if (chart) show(chart, null);
  });
})();
