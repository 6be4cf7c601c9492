/* Every mark of a page without words: what it is, and its contrast to what lies behind it. */
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };

  const luminance = ([red, green, blue]) => {
    const parts = [red, green, blue].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };

  const contrast = (colour, behind) => {
    const mark = rgba(colour);
    if (!mark[3]) return 1;
    const [low, high] = [luminance(mark), luminance(behind)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  const ground = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return rgba("Canvas");
  };

  /* The strongest colour of a mark, its edge included. */
  const strength = (element) => {
    const style = getComputedStyle(element);
    const isShape = element instanceof SVGElement;
    const parts = element.tagName === "line" ? [style.stroke] : [style.fill, style.stroke];
    const colours = isShape
      ? parts
      : [style.backgroundColor, ...(style.backgroundImage.match(/(rgba?|color)\([^)]*\)/g) || [])];
    if (!isShape && parseFloat(style.borderTopWidth)) colours.push(style.borderTopColor);
    const behind = ground(isShape ? element.ownerSVGElement : element);
    return Math.max(...colours.filter((c) => c !== "none").map((c) => contrast(c, behind)), 1);
  };

  const SHAPES = "svg :is(path, circle, rect, line, polyline, polygon)";
  const isMark = (element) => {
    if (element instanceof SVGElement) return true;
    return !element.textContent.trim() && !element.querySelector("svg, img, input");
  };
  return [...document.querySelectorAll(`main :is(i, u, b, em, span, div, a), ${SHAPES}`)]
    .filter((element) => isMark(element) && element.checkVisibility())
    .map((element) => [
      `${element.parentElement.getAttribute("class") || element.parentElement.tagName} > `
        + `${element.tagName}.${element.getAttribute("class") || ""}`,
      strength(element),
    ]);
}
