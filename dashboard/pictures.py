"""Pictures: what a panel shows as a drawing and a table, with the words that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.figures.table_drawing import MOST_ROWS, table_drawing

if TYPE_CHECKING:
    from dashboard.figures.table import Table

WIDTH = 1120  # of the drawing, in pixels
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

    def as_drawing(self) -> tuple[str, float]:
        """Return the drawing and its height."""
        if self.drawing:
            return self.drawing, self.height
        return table_drawing(self.table, WIDTH)
