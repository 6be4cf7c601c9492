"""The list of indicators as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.table import Table
from dashboard.pages.common import sources
from dashboard.pages.help.glossary import codebook_areas
from dashboard.pictures import Picture
from dashboard.registry import picture

if TYPE_CHECKING:
    from dashboard.context import Context


@picture("codebook")
def codebook_picture(context: Context) -> Picture | None:
    """Draw the loaded indicators, area by area."""
    text = context.text
    rows = tuple(
        (entry.title, area, entry.description, entry.unit, entry.periods, entry.source)
        for area, entries in codebook_areas(context)
        for entry in entries
    )
    if not rows:
        return None
    columns = (
        text("data.indicator"),
        text("sight.area"),
        text("indicator.measures"),
        text("data.unit"),
        text("indicator.period"),
        text("indicator.source"),
    )
    source = sources.short(context, *context.data.indicators)
    return Picture(text("help.codebook"), text("nav.glossary"), Table(columns, rows), source)
