"""The list of signs as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.table import Table, Value
from dashboard.pages.common import sources
from dashboard.pages.common.headlines import lead_indicators
from dashboard.pages.common.pictures import subtitle
from dashboard.pages.signs.panels import selected, sign_cells
from dashboard.pictures import Picture
from dashboard.registry import HEADINGS, picture
from warehouse.formatting import MISSING

if TYPE_CHECKING:
    from dashboard.context import Context


@picture("sign_list")
def signs_picture(context: Context) -> Picture | None:
    """Draw the cells of one sign, or of all, with the reason of each."""
    text = context.text
    rows = tuple(
        (
            cell.indicator,
            cell.zone,
            Value(cell.value, cell.amount),
            cell.unit,
            cell.period,
            cell.movement,
            Value(text(f"direction.{cell.sign}"), sign=cell.sign),
            text(f"target.{cell.target}") if cell.target else MISSING,
            cell.because,
        )
        for cell in sign_cells(context, selected(context))
    )
    if not rows:
        return None
    columns = (
        text("data.indicator"),
        text("signs.zone"),
        text("signs.value"),
        text("data.unit"),
        text("indicator.period"),
        text("strip.change"),
        text("strip.direction"),
        text("target.name"),
        text("strip.why"),
    )
    source = sources.short(context, *lead_indicators(context))
    title = HEADINGS["signs"](context).title
    return Picture(title, subtitle(context), Table(columns, rows), source)
