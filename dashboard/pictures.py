"""Pictures: what a panel shows as a drawing and a table, with the words that go with it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.figures.table import Table
from dashboard.figures.table_drawing import MOST_ROWS, table_drawing

WIDTH = 1120  # of the drawing, in pixels
SLIDE_WIDTH, ROWS_ON_SLIDE = 900, 10  # of a table in a room
MOST_ON_SLIDE = 720  # height of a drawing in a room
PICTURED: set[str] = set()  # the panels that have one


@dataclass(frozen=True, slots=True)
class Picture:
    """What a panel shows, to be saved, read as a table, or shown elsewhere.

    `title` is the sentence, `subtitle` says what is drawn: name, unit, period. `drawing` is SVG,
    `WIDTH` wide and `height` high, from 0, 0; without one the table itself is drawn. Colours are
    custom properties of the style sheet, classes those of the page.
    """

    title: str
    subtitle: str
    table: Table
    source: str
    demonstration: bool = False
    drawing: str = ""
    height: float = 0

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
        return count if self.is_drawn_on_slide else min(count, ROWS_ON_SLIDE)

    def on_slide(self) -> tuple[str, float, float]:
        """Return what a room sees, with its width and height: a drawing, or few rows in large."""
        if self.is_drawn_on_slide:
            return self.drawing, WIDTH, self.height
        table = Table(self.table.columns, self.table.rows[:ROWS_ON_SLIDE])
        drawing, height = table_drawing(table, SLIDE_WIDTH)
        return drawing, SLIDE_WIDTH, height

    def as_drawing(self) -> tuple[str, float]:
        """Return the drawing and its height."""
        if self.drawing:
            return self.drawing, self.height
        return table_drawing(self.table, WIDTH)
