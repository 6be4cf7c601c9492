"""The cells of the overview's matrix by sign: what the count on the overview is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import narrative, status_words
from dashboard.pages.common import breadcrumbs, changes
from dashboard.pages.common.headlines import lead_indicators
from dashboard.registry import Crumb, Heading, heading, panel
from dashboard.status import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.series import Series
    from dashboard.status import Sign
    from warehouse.declarations.territories import Territory


@dataclass(frozen=True, slots=True)
class Cell:
    """An indicator in a zone: value, change, sign and its reason."""

    address: str
    indicator: str
    zone: str
    sign: Sign
    amount: float
    value: str
    unit: str
    period: str
    movement: str
    target: str
    because: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A sign to list, with the number of its cells."""

    sign: Sign
    address: str
    count: int
    is_selected: bool


def selected(context: Context) -> Sign | None:
    """Return the sign that the address names; None lists all."""
    return next((sign for sign in SIGNS if sign == context.selection.state), None)


@heading("signs")
def signs_heading(context: Context) -> Heading:
    """Name the sign and say how many cells have it."""
    sign = selected(context)
    count = len(list(sign_cells(context, sign)))
    title = context.text("signs.all", n=count)
    if sign:
        word = context.text(f"direction.{sign}")
        title = context.text("signs.title", n=count, word=word)
    name = context.text("signs.name")
    return Heading(title=title, tab=name, crumbs=(breadcrumbs.home(context), Crumb(name)))


@panel("sign_list")
def sign_list(context: Context) -> Html:
    """List the cells of one sign, or of all, with the reason of each."""
    sign = selected(context)
    counts = narrative.tally(context, lead_indicators(context))
    choices = [
        Choice(s, context.href(state=None if s == sign else s), n, s == sign)
        for s, n in counts.items()
    ]
    cells = list(sign_cells(context, sign))
    return context.panel(
        "signs/signs.html",
        "sign-list card",
        has_picture=bool(cells),
        choices=choices,
        cells=cells,
    )


def sign_cells(context: Context, sign: Sign | None) -> Iterator[Cell]:
    """Yield the cells of the matrix whose series have not stopped, as the tally counts them."""
    for indicator in lead_indicators(context):
        for zone in context.catalog.zones:
            line = context.data.aggregate(indicator.id, zone.territory)
            if line and context.data.is_current(line):
                cell = _cell(context, line, zone)
                if sign in (None, cell.sign):
                    yield cell


def _cell(context: Context, line: Series, zone: Territory) -> Cell:
    indicator = context.catalog.indicators[line.indicator]
    status = context.data.status(indicator.id, zone.territory)
    return Cell(
        address=context.href(f"/indicatori/{indicator.id}", territory=(zone.territory,)),
        indicator=context.translate(indicator.short),
        zone=zone.name,
        sign=status.direction if status else "none",
        amount=line.last_value,
        value=context.format.value(line.last_value, indicator),
        unit=context.format.unit(indicator),
        period=context.format.period(line.last_period),
        movement=changes.movement(context, line, context.data.change(line)),
        target=(status.target_sign or "") if status else "",
        because=status_words.direction(context, status) if status else "",
    )
