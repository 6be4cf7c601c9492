"""The values of a chart as CSV, with what it shows, its source and its release in each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.export.delimited import Style, delimited

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.figures.table import Value
    from dashboard.pictures import Picture

ABOUT = ("chart", "about")


def csv(context: Context, picture: Picture, style: Style) -> str:
    """Return the table of a picture; days are written as ISO has them."""
    heads, rows = picture.table.written()
    origin = (picture.title, picture.subtitle, picture.source, context.data.store.release)
    return delimited(
        [*(title for title, _ in heads), *ABOUT],
        ([*map(_cell, row), *origin] for row in rows),
        style,
    )


def _cell(value: Value) -> object:
    if value.amount is not None:
        return float(value.amount)
    return value.day or value.text
