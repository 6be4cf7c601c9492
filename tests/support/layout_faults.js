/* What is wrong with the places of the texts of a page: each fault as a line of words. */
() => {
  const SMALLEST = 12.45; // px; the floor of the design is 12.5
  const TOUCH = 2; // px that two texts may share
  const INSIDE = 0.22; // share of a line above and below its letters
  const SILENT = new Set(["SCRIPT", "STYLE", "TITLE", "DESC", "OPTION", "TEMPLATE", "NOSCRIPT"]);
  const faults = new Set();
  const boxes = [];

  const ancestors = function* (element) {
    for (let at = element; at && at !== document.body; at = at.parentElement) yield at;
  };

  const isHidden = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return true;
    return [...ancestors(element)].some((at) => {
      const style = getComputedStyle(at);
      if (style.display === "none") return true; // a text of SVG does not notice by itself
      return style.clipPath.includes("inset(50%") || style.clip.startsWith("rect(0px");
    });
  };

  const scale = (element) => {
    const matrix = element.ownerSVGElement && element.getScreenCTM?.();
    return matrix ? Math.hypot(matrix.a, matrix.b) : 1;
  };

  /* "gone" scrolled out of sight, "cut" by an edge that does not scroll, or "whole". */
  const state = (element, box) => {
    for (const at of ancestors(element)) {
      const style = getComputedStyle(at);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const edge = at.getBoundingClientRect();
      const apart =
        box.right < edge.left + 1 || box.left > edge.right - 1 ||
        box.bottom < edge.top + 1 || box.top > edge.bottom - 1;
      if (apart) return "gone";
      const shows = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
      const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY);
      const beyond = box.right > edge.right + 2 || box.left < edge.left - 2 || box.bottom > edge.bottom + 4;
      if (beyond && !shows && !scrolls) return "cut";
    }
    return "whole";
  };

  const has = (element, test) => [...ancestors(element)].some((at) => test(getComputedStyle(at), at));
  const floats = (style) => style.position === "fixed" || style.position === "sticky";
  const scrolls = (style, at) => /auto|scroll/.test(style.overflowX) && at.scrollWidth > at.clientWidth + 1;

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const text = node.textContent.trim().slice(0, 40);
    const element = node.parentElement;
    if (!text || SILENT.has(element.tagName.toUpperCase()) || isHidden(element)) continue;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale(element);
    const isPicture = element.closest('div[role="img"]'); // a slide in small
    if (size && size < SMALLEST && !isPicture) faults.add(`small (${size.toFixed(1)} px): ${text}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const isFloating = has(element, floats);
    for (const box of range.getClientRects()) {
      if (box.width < 2 || box.height < 2 || !size) continue;
      const reach = state(element, box);
      if (reach === "gone") continue;
      if (reach === "cut") faults.add(`cut: ${text}`);
      if (isFloating) continue;
      const isOutside = box.right > innerWidth + 1 || box.left < -1;
      if (isOutside && !has(element, scrolls)) faults.add(`outside: ${text}`);
      const margin = box.height * INSIDE;
      boxes.push({ text, left: box.left, right: box.right, top: box.top + margin, bottom: box.bottom - margin });
    }
  }

  boxes.sort((a, b) => a.top - b.top);
  boxes.forEach((a, index) => {
    for (let next = index + 1; next < boxes.length && boxes[next].top < a.bottom; next += 1) {
      const b = boxes[next];
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - b.top;
      if (width > TOUCH && height > TOUCH) faults.add(`over one another: ${a.text} / ${b.text}`);
    }
  });
  const beyond = document.documentElement.scrollWidth - innerWidth;
  if (beyond > 0) faults.add(`the page scrolls sideways by ${beyond} px`);
  return [...faults];
}
