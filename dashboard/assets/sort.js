/* A button in the head of a table sorts its rows, again the other way round. Texts are compared as the
   language of the page does, numbers and days by what is behind them. */
(() => {
  const cellOf = (row, column) => row.cells[column];
  const keyOf = (cell) => cell?.dataset.order ?? cell?.textContent.trim() ?? "";

  /* A number as the page writes it: nothing for a dash or a text. */
  const numberOf = (text, language) => {
    const [thousands, decimal] = language === "en" ? [",", "."] : [".", ","];
    const plain = text.replaceAll(thousands, "").replace(decimal, ".").replace("\u2212", "-");
    const number = Number.parseFloat(plain);
    return Number.isNaN(number) ? null : number;
  };

  const compare = (column, isNumber, language) => {
    const value = (row) => {
      const cell = cellOf(row, column);
      const key = keyOf(cell);
      if (!isNumber) return key;
      return cell?.dataset.order === undefined ? numberOf(key, language) : Number(key);
    };
    return (a, b, sign) => {
      const [first, second] = [value(a), value(b)];
      if (!isNumber) return sign * first.localeCompare(second, language, { numeric: true });
      if (first === null || second === null) return (first === null) - (second === null);
      return sign * (first - second);
    };
  };

  const sort = (button) => {
    const head = button.closest("th");
    const table = head.closest("table");
    const isNumber = head.classList.contains("num");
    const first = isNumber ? "descending" : "ascending";
    const other = isNumber ? "ascending" : "descending";
    const order = head.getAttribute("aria-sort") === first ? other : first;
    for (const sorted of table.querySelectorAll("[aria-sort]")) sorted.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const between = compare(head.cellIndex, isNumber, document.documentElement.lang);
    const body = [...table.tBodies].at(-1); // one before it has rows that stay first, a foot the totals
    body.append(...[...body.rows].sort((a, b) => between(a, b, sign)));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.sort");
    if (button) sort(button);
  });
})();
