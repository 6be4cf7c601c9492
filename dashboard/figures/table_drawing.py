"""A table drawn as SVG, with its bars and lines, for panels without a drawing of their own."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dashboard.figures.spine import SIGNS
from dashboard.figures.table import Sketch, Table, as_value

if TYPE_CHECKING:
    from dashboard.figures.table import Cell

SIZE, LINE, LETTER = 14, 17, 6.9  # size of the text, its line, width of a letter
GAP, PAD, SIGN = 18, 6, 19  # between columns, in a row above and below, of a sign
MOST_ROWS = 60  # that are drawn; table and file have all
LEAST = 54  # px of a column of text
LONGEST = 46  # letters that a column asks for
MOST_SPARE = 90  # px that the first column has beyond them
SHAPES: dict[str, str] = {  # of the signs of directions, and of states, which are drawn as these
    **{str(kind): shape for kind, shape in SIGNS.items()},
    "good": SIGNS["better"],
    "steady": SIGNS["stable"],
    "att": SIGNS["worse"],
}


def table_drawing(table: Table, width: float) -> tuple[str, float]:
    """Return SVG of the first rows of a table, `width` pixels wide, and its height."""
    table = Table(table.columns, table.rows[:MOST_ROWS])
    widths = _widths(table, width)
    lefts = [sum(widths[:i]) + GAP * i for i in range(len(widths))]
    numbers = [table.is_number(i) for i in range(len(widths))]
    head = [_lines(title, widths[i]) for i, title in enumerate(table.titles)]
    top = float(LINE * max(map(len, head)) + PAD)
    svg = "".join(
        _text(lines, (left, widths[i]), PAD / 2, is_number=numbers[i], kind="quiet-text")
        for i, (lines, left) in enumerate(zip(head, lefts, strict=True))
    )
    for row in table.rows:
        height = max(_height(cell, widths[i]) for i, cell in enumerate(row)) + 2 * PAD
        svg += f'<path class="rule" d="M0 {top:.1f}H{width:g}"/>'
        for i, cell in enumerate(row):
            svg += _cell(cell, (lefts[i], widths[i]), top, height, is_number=numbers[i])
        top += height
    return svg, top


def progress_bar(done: float | None, planned: float | None, sign: str = "") -> Sketch:
    """Return progress in percent as a bar, with a line where it was planned to be."""
    parts = [] if done is None else [(min(done, 100), sign or "none")]
    return bar(100, parts, planned)


def bar(track: float, parts: list[tuple[float, str]], line: float | None = None) -> Sketch:
    """Return a bar: its track, the parts from the left (end, kind) and a line, all in percent."""
    width, height = 180, 12
    ends = [(track, "track"), *parts]
    rects = "".join(
        f'<rect class="{kind}" width="{width * max(end, 0) / 100:.1f}" height="{height}"/>'
        for end, kind in ends
    )
    x = 0 if line is None else width * line / 100
    mark = "" if line is None else f'<path class="planned" d="M{x:.1f}-3V{height + 3}"/>'
    return Sketch(f'<g class="drawn-bar">{rects}{mark}</g>', width, height)


def _widths(table: Table, width: float) -> list[float]:
    """Return the widths of the columns: drawings keep theirs, texts share what is left."""
    fixed = {
        i: max(c.width for row in table.rows if isinstance(c := row[i], Sketch))
        for i in range(len(table.columns))
        if table.is_drawn(i)
    }
    asked = {i: _asked(table, i) for i in range(len(table.columns)) if i not in fixed}
    space = width - sum(fixed.values()) - GAP * (len(table.columns) - 1)
    total = sum(asked.values())
    if total < space:
        asked[min(asked)] += min(space - total, MOST_SPARE)
    else:
        spare = max(space - LEAST * len(asked), 0)
        beyond = sum(max(ask - LEAST, 0) for ask in asked.values()) or 1
        asked = {i: LEAST + spare * max(ask - LEAST, 0) / beyond for i, ask in asked.items()}
    return [fixed.get(i) or asked[i] for i in range(len(table.columns))]


def _asked(table: Table, column: int) -> float:
    """Return the width that the texts of a column ask for: a title may be of two lines."""
    values = [as_value(row[column]) for row in table.rows]
    letters = max((len(value.text) for value in values), default=0)
    words = max(map(len, table.columns[column].split(" ")))
    sign = SIGN if any(value.sign for value in values) else 0
    return min(max(letters, words, len(table.columns[column]) / 2), LONGEST) * LETTER + sign + 2


def _height(cell: Cell, width: float) -> float:
    if isinstance(cell, Sketch):
        return cell.height
    value = as_value(cell)
    return LINE * len(_lines(value.text, width - (SIGN if value.sign else 0)))


def _cell(
    cell: Cell, place: tuple[float, float], top: float, height: float, *, is_number: bool
) -> str:
    if isinstance(cell, Sketch):
        y = top + (height - cell.height) / 2
        return f'<g transform="translate({place[0]:.1f} {y:.1f})">{cell.svg}</g>'
    value = as_value(cell)
    sign = value.sign
    lines = _lines(value.text, place[1] - (SIGN if sign else 0))
    y = top + (height - LINE * len(lines)) / 2
    left = place[0]
    if sign:
        length = max(map(len, lines)) * LETTER + SIGN
        left = place[0] + max(place[1] - length, 0) if is_number else place[0]
        middle = top + height / 2
        mark = f'<g class="spine" transform="translate({left + 7:.1f} {middle:.1f}) scale(.75)">'
        mark += f"{SHAPES.get(sign, SIGNS['none'])}</g>"
        place = (place[0], place[1]) if is_number else (left + SIGN, place[1] - SIGN)
        return mark + _text(lines, place, y, is_number=is_number)
    return _text(lines, place, y, is_number=is_number)


def _text(
    lines: list[str], place: tuple[float, float], top: float, *, is_number: bool, kind: str = ""
) -> str:
    x, anchor = (place[0] + place[1], "end") if is_number else (place[0], "start")
    name = f' class="{kind}"' if kind else ""
    return "".join(
        f'<text{name} x="{x:.1f}" y="{top + LINE * (i + 0.75):.1f}" text-anchor="{anchor}"'
        f' font-size="{SIZE}">{escape(line)}</text>'
        for i, line in enumerate(lines)
    )


def _lines(text: str, width: float) -> list[str]:
    """Break a text between words into lines of a width."""
    most = max(int(width / LETTER), 4)
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip(" ")
    return lines
