/* A map is one stop of the keyboard: arrows go to the next place that way, Home and End to the ends.
   What a place says is written below the map on focus, hover and touch. */
(() => {
  const ASIDE = 2; // how much a step aside counts against one ahead

  const AHEAD = {
    ArrowLeft: (dx, dy) => [-dx, dy],
    ArrowRight: (dx, dy) => [dx, dy],
    ArrowUp: (dx, dy) => [-dy, dx],
    ArrowDown: (dx, dy) => [dy, dx],
  };

  const placeOf = (target) => target.closest?.("svg.map .places a");

  const centre = (place) => {
    const box = place.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };

  /* The nearest of some places in the direction of an arrow; the same one at the edge. */
  const neighbour = (place, places, centreOf, key) => {
    const [x, y] = centreOf(place);
    let [nearest, least] = [place, Infinity];
    for (const other of places) {
      const [otherX, otherY] = centreOf(other);
      const [ahead, aside] = AHEAD[key](otherX - x, otherY - y);
      const distance = ahead + ASIDE * Math.abs(aside);
      if (other !== place && ahead > 1 && distance < least) [nearest, least] = [other, distance];
    }
    return nearest;
  };

  const say = (place) => {
    const output = place.closest(".map-box")?.querySelector("output");
    const text = place.querySelector("title")?.textContent || "";
    if (output && output.textContent !== text) output.textContent = text;
  };

  document.addEventListener("keydown", (event) => {
    const place = placeOf(event.target);
    if (!place || event.altKey || event.ctrlKey || event.metaKey) return;
    const { children, firstElementChild, lastElementChild } = place.parentElement;
    const ends = { Home: firstElementChild, End: lastElementChild };
    if (!ends[event.key] && !AHEAD[event.key]) return;
    event.preventDefault();
    const svg = place.closest("svg");
    if (svg.many) window.dashboard.choropleth.move(svg, event.key, neighbour);
    else (ends[event.key] || neighbour(place, children, centre, event.key)).focus();
  });

  document.addEventListener("focusin", (event) => {
    const place = placeOf(event.target);
    if (!place) return;
    for (const other of place.parentElement.querySelectorAll('[tabindex="0"]')) other.setAttribute("tabindex", -1);
    place.setAttribute("tabindex", 0);
    say(place);
  });

  for (const name of ["pointerover", "pointerdown"]) {
    document.addEventListener(name, (event) => {
      const place = placeOf(event.target);
      if (place) say(place);
    });
  }

  window.dashboard.sayPlace = say;
})();
