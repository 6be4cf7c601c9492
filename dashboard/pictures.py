"""Pictures: what a panel shows as a drawing and a table, with the words that go with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from dashboard.figures.table import Table
from dashboard.figures.table_drawing import MOST_ROWS, table_drawing

WIDTH = 1120  # of the drawing, in pixels
SCREEN = 1790, 690  # px that a room of 1920 × 1080 has for a drawing
READABLE = 24  # px of the smallest text in such a room
SLIDE_WIDTH, SLIDE_HEIGHT = 900, 402  # of a table whose text is that large there
ROWS_ON_SLIDE = 10
MOST_ON_SLIDE = 720  # height of a drawing in a room
SIZE = re.compile(r'(?<=font-size=")[\d.]+(?=")')
PICTURED: set[str] = set()  # the panels that have one


@dataclass(frozen=True, slots=True)
class Picture:
    """What a panel shows, to be saved, read as a table, or shown elsewhere.

    `title` is the sentence, `subtitle` says what is drawn: name, unit, period. `drawing` is SVG,
    `WIDTH` wide and `height` high, from 0, 0; without one the table itself is drawn. Colours are
    custom properties of the style sheet, classes those of the page. `key` says what the numbers
    and the dotted lines in it mean.
    """

    title: str
    subtitle: str
    table: Table
    source: str
    demonstration: bool = False
    drawing: str = ""
    height: float = 0
    key: str = ""

    @property
    def rows_drawn(self) -> int:
        """The number of rows of the table that are drawn; 0 where all are, or a chart is."""
        return MOST_ROWS if not self.drawing and len(self.table.rows) > MOST_ROWS else 0

    @property
    def is_drawn_on_slide(self) -> bool:
        """Say whether a room can read the drawing; of a taller one it gets the table."""
        return bool(self.drawing) and self.height <= MOST_ON_SLIDE

    @property
    def rows_on_slide(self) -> int:
        """The number of rows that a room sees, in a drawing or the table."""
        count = len(self.table.rows)
        if self.is_drawn_on_slide:
            return count
        fewer = range(min(count, ROWS_ON_SLIDE), 1, -1)
        return next((n for n in fewer if self._first_rows(n)[1] <= SLIDE_HEIGHT), min(count, 1))

    def on_slide(self) -> tuple[str, float, float]:
        """Return what a room sees, with its width and height: a drawing, or few rows in large."""
        if self.is_drawn_on_slide:
            smallest = READABLE * max(WIDTH / SCREEN[0], self.height / SCREEN[1])
            return SIZE.sub(partial(_enlarged, smallest), self.drawing), WIDTH, self.height
        drawing, height = self._first_rows(self.rows_on_slide)
        return drawing, SLIDE_WIDTH, height

    def _first_rows(self, count: int) -> tuple[str, float]:
        return table_drawing(Table(self.table.columns, self.table.rows[:count]), SLIDE_WIDTH)

    def as_drawing(self) -> tuple[str, float]:
        """Return the drawing and its height."""
        if self.drawing:
            return self.drawing, self.height
        return table_drawing(self.table, WIDTH)


def _enlarged(smallest: float, size: re.Match[str]) -> str:
    return f"{max(float(size[0]), smallest):g}"
