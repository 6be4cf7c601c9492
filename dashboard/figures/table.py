"""The figures of a panel as a table: for its file, its twin in the page, and its drawing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """A cell: its text, the number behind it, and the sign of a direction or state before it.

    `day` is the ISO day behind a date, which is sorted by it. `note` says in words what the
    text marks and the sign shows.
    """

    text: str
    amount: float | None = None
    sign: str = ""
    day: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A cell that only the drawing has: SVG of a width and a height."""

    svg: str
    width: float
    height: float


Cell = str | Value | Sketch
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Titles of columns, and rows of as many cells; the first says what a row is about."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def titles(self) -> list[str]:
        """The titles of the columns, each with a capital."""
        return [title[:1].upper() + title[1:] for title in self.columns]

    def is_drawn(self, column: int) -> bool:
        """Say whether the column is a drawing, which table and file leave out."""
        return any(isinstance(row[column], Sketch) for row in self.rows)

    def is_number(self, column: int) -> bool:
        """Say whether the column has numbers."""
        return any(
            isinstance(cell, Value) and cell.amount is not None
            for cell in (row[column] for row in self.rows)
        )

    def written(self) -> tuple[list[tuple[str, bool]], list[list[Value]]]:
        """Return the columns without drawings, (title, whether it has numbers), and their rows."""
        columns = [i for i in range(len(self.columns)) if not self.is_drawn(i)]
        heads = [(self.titles[i], self.is_number(i)) for i in columns]
        return heads, [[as_value(row[i]) for i in columns] for row in self.rows]


def as_value(cell: Cell) -> Value:
    """Return a cell as text with its number; of a drawing nothing."""
    if isinstance(cell, Value):
        return cell
    return Value(cell if isinstance(cell, str) else "")
