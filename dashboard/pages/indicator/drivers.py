"""The drivers panel of an indicator: what each municipality adds to a change."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from dashboard.drivers import Drivers, explain, starts, usual_start
from dashboard.figures.contribution import contribution
from dashboard.pages.common.filters import Menu
from dashboard.pages.indicator.query import focus, selected_period
from dashboard.registry import panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.drivers import Contribution, Obstacle
    from dashboard.series import Series
    from warehouse.declarations.territories import Territory

ROWS = 8  # more are one row, and a file
NAMED = 2  # in the sentence
MARKED = ("E", "P")  # estimated, provisional


@dataclass(frozen=True, slots=True)
class DriverRow:
    """A municipality, or several in one row, as the table writes it."""

    name: str
    address: str
    before: str
    after: str
    bar: str
    within: str
    composition: str
    total: str
    is_highlighted: bool


@dataclass(frozen=True, slots=True)
class Total:
    """The change as it is printed, its two values, and what rounding leaves between the rows."""

    before: str
    after: str
    within: str
    composition: str
    total: str
    rounding: str


@panel("drivers")
def drivers(context: Context) -> Html:
    """Explain the change of the chosen territory by its municipalities."""
    place = focus(context) or context.catalog.metro
    line = context.data.series(context.indicator.id, place.territory)
    result = drivers_of(context)
    if not isinstance(result, Drivers):
        text = context.text(f"drivers.{result}", name=place.name)
        return context.panel(
            "indicator/no_drivers.html", "drivers card", has_picture=False, text=text
        )
    before, after = result.before, result.after
    rows = _rows(context, result)
    return context.panel(
        "indicator/drivers.html",
        "drivers card",
        place=place,
        title=context.text(f"drivers.title_{_direction(context, result)}"),
        subtitle=f"{place.name}, {context.format.unit(context.indicator)}",
        menu=_menu(context, line, before, after),
        periods=[context.format.period(before), context.format.period(after)],
        rows=rows,
        total=_total(context, result, rows),
        sentence=sentence(context, result, place),
        notes=_notes(context, result, place),
        has_weights=context.indicator.aggregate != "sum",
        download=context.link(
            f"/api/indicators/{context.indicator.id}/drivers.csv?territory={place.territory}"
            f"&before={before}&after={after}&lang={context.language}"
            f"&release={context.data.store.release}"
        ),
    )


def drivers_of(context: Context) -> Drivers | Obstacle:
    """Return what each municipality adds to the change of the chosen territory, or why not."""
    place = focus(context) or context.catalog.metro
    line = context.data.series(context.indicator.id, place.territory)
    after = selected_period(context)
    before = _start(context, line, after) if line and after else None
    if not before or not after:
        return "no_figures"
    return explain(context.data, context.indicator, place, before, after)


def _start(context: Context, line: Series, after: str) -> str | None:
    """Return the selected first period where it can be compared, else the usual one."""
    choices = starts(line, context.indicator, after)
    if context.selection.since in choices:
        return context.selection.since
    return usual_start(line, after)


def _menu(context: Context, line: Series | None, before: str | None, after: str | None) -> Menu:
    """Return the menu of the periods from which the change is explained."""
    periods = starts(line, context.indicator, after) if line and after else ()
    options = tuple(
        (context.format.period(period), context.href(since=period), period == before)
        for period in reversed(periods)
    )
    return Menu("since", context.text("drivers.since"), context.format.period(before), options)


def _direction(context: Context, result: Drivers) -> str:
    change = printed_change(context, result)
    return "same" if change == 0 else "up" if change > 0 else "down"


def printed_change(context: Context, result: Drivers) -> float:
    """Return the difference of the two values as they are printed."""
    decimals = context.indicator.decimals
    change = round(result.value_after, decimals) - round(result.value_before, decimals)
    return round(change, decimals)


def _rows(context: Context, result: Drivers) -> list[tuple[DriverRow, float]]:
    """Return the rows with their printed contributions, the largest first."""
    visible, remaining = _bars(context, result.contributions)
    total = fsum(c.within + c.composition for c in remaining)
    largest = max(abs(total), *(abs(c.total) for c in visible))
    rows = [_row(context, result, c, largest) for c in visible]
    return [*rows, _remainder(context, remaining, total, largest)] if remaining else rows


def _bars(
    context: Context, contributions: Sequence[Contribution]
) -> tuple[list[Contribution], list[Contribution]]:
    """Return the contributions with a row of their own, and those that share one."""
    if len(contributions) <= ROWS + 1:
        return list(contributions), []
    chosen = set(context.highlighted)
    first = list(contributions[:ROWS]) + [c for c in contributions[ROWS:] if c.place in chosen]
    return first, [c for c in contributions[ROWS:] if c.place not in chosen]


def _row(
    context: Context, result: Drivers, part: Contribution, largest: float
) -> tuple[DriverRow, float]:
    line = context.data.series(context.indicator.id, part.place)
    values = [_value(context, line, period) for period in (result.before, result.after)]
    row = DriverRow(
        name=context.catalog.territories[part.place].short,
        address=context.href(territory=(part.place,)),
        before=values[0],
        after=values[1],
        bar=contribution(part.total, largest),
        within=_signed(context, part.within),
        composition=_signed(context, part.composition),
        total=_signed(context, part.total),
        is_highlighted=part.place in context.highlighted,
    )
    return row, round(part.total, context.indicator.decimals)


def _remainder(
    context: Context, parts: Sequence[Contribution], total: float, largest: float
) -> tuple[DriverRow, float]:
    row = DriverRow(
        name=context.text("drivers.others", n=len(parts)),
        address="",
        before="",
        after="",
        bar=contribution(total, largest),
        within=_signed(context, fsum(part.within for part in parts)),
        composition=_signed(context, fsum(part.composition for part in parts)),
        total=_signed(context, total),
        is_highlighted=False,
    )
    return row, round(total, context.indicator.decimals)


def _value(context: Context, line: Series | None, period: str) -> str:
    point = line.point(period) if line else None
    if point is None:
        return context.format.value(None, context.indicator)
    mark = f" {point.status.lower()}" if point.status in MARKED else ""
    return context.format.value(point.value, context.indicator) + mark


def _total(context: Context, result: Drivers, rows: Sequence[tuple[DriverRow, float]]) -> Total:
    """Return the last row; what rounding leaves is written, never added to a municipality."""
    change = printed_change(context, result)
    decimals = context.indicator.decimals
    residue = round(change - fsum(printed for _, printed in rows), decimals)
    return Total(
        before=context.format.value(result.value_before, context.indicator),
        after=context.format.value(result.value_after, context.indicator),
        within=_signed(context, result.within),
        composition=_signed(context, result.composition),
        total=_signed(context, change),
        rounding=_signed(context, residue) if residue else "",
    )


def _signed(context: Context, amount: float) -> str:
    return context.format.number(amount, context.indicator.decimals, signed=True)


def sentence(context: Context, result: Drivers, place: Territory) -> str:
    """Say the change, the municipalities that add most to it, and the part of composition."""
    names = [
        f"{context.catalog.territories[part.place].short} ({_signed(context, part.total)})"
        for part in result.contributions[:NAMED]
        if round(part.total, context.indicator.decimals)
    ]
    text = context.text(
        "drivers.sentence",
        name=place.name,
        before=context.format.value(result.value_before, context.indicator),
        after=context.format.value(result.value_after, context.indicator),
        change=_signed(context, printed_change(context, result)),
        unit=context.format.unit(context.indicator),
        start=context.format.period(result.before),
        end=context.format.period(result.after),
    )
    if names and len(result.contributions) > 1:
        text += " " + context.text("drivers.most", names=", ".join(names), n=len(names))
    if round(result.composition, context.indicator.decimals):
        amount = _signed(context, result.composition)
        text += " " + context.text("drivers.composed", amount=amount)
    return text


def _notes(context: Context, result: Drivers, place: Territory) -> list[str]:
    """Say which municipalities are left out, and that a change over a part is not the printed."""
    notes = []
    if result.absent:
        names = [context.catalog.territories[code].short for code in result.absent]
        visible = ", ".join(names[:ROWS]) + ("…" if len(names) > ROWS else "")
        key = (context.indicator.id, place.territory, result.before, result.after)
        used = "partial" if context.data.comparisons.get(*key) else "without"
        count = len(result.contributions)
        notes.append(context.text(f"drivers.{used}", counted=count, n=len(names), names=visible))
    return notes
