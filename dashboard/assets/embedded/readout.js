/* Marks of a drawing that stands alone: what they say on hover, touch and by the arrows. */
(() => {
  const drawing = document.querySelector("figure svg");
  if (!drawing) return; // a table alone
  const output = document.querySelector("figure output");
  const marks = [...drawing.querySelectorAll("[data-text], :not(svg) > title")].map((mark) =>
    mark.localName === "title" ? mark.parentElement : mark,
  );
  const textOf = (mark) => mark.dataset.text || mark.querySelector(":scope > title").textContent;
  if (!marks.length) return;
  for (const mark of marks) mark.dataset.text = textOf(mark); // the browser's own hint would repeat it
  for (const mark of marks) mark.querySelector(":scope > title")?.remove();
  drawing.tabIndex = 0;

  let current = null;
  const show = (mark) => {
    current?.classList.remove("current");
    current = mark;
    mark?.classList.add("current");
    output.textContent = mark?.dataset.text || output.dataset.hint;
  };
  show(null);

  const goals = {
    ArrowRight: (position) => position + 1,
    ArrowDown: (position) => position + 1,
    ArrowLeft: (position) => position - 1,
    ArrowUp: (position) => position - 1,
    Home: () => 0,
    End: () => marks.length - 1,
  };
  drawing.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(null);
    const goal = goals[event.key]?.(marks.indexOf(current));
    if (goal === undefined) return;
    event.preventDefault();
    show(marks[Math.min(Math.max(goal, 0), marks.length - 1)]);
  });
  drawing.addEventListener("pointermove", (event) => {
    const mark = event.target.closest("[data-text]");
    if (mark && mark !== current) show(mark);
  });
  drawing.addEventListener("pointerdown", (event) => show(event.target.closest("[data-text]")));
})();
