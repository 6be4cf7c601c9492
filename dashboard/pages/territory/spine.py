"""The spine panel: every loaded indicator of a territory against the metropolitan city."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dashboard.figures import spine as figure
from dashboard.pages.common import changes, sources
from dashboard.pages.territory.standing import place_of, scale_of, standings
from dashboard.place_notes import moved_values, place_note
from dashboard.registry import panel
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.figures.spine import Scale
    from dashboard.pages.territory.standing import Comparison, Standing
    from dashboard.place_notes import PlaceNote
    from dashboard.points import Point
    from dashboard.series import Change
    from dashboard.status import Sign
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

    Links = Callable[[tuple[str, ...]], Callable[[str], str]]

OPEN_ROWS = 4  # rows of an area that are always open


@dataclass(frozen=True, slots=True)
class SpineRow:
    """An indicator: value, mean, spine and rank; `description` says the sign in words."""

    address: str
    title: str
    unit: str
    source: str
    value: str = ""
    partial: str = ""
    period: str = ""
    mean: str = ""
    spine: str = ""
    sign: Sign = "none"
    description: str = ""
    share: str = ""
    rank: int | None = None
    ranked: int = 0
    municipal_rank: str = ""  # of a zone of one municipality
    change: Change | None = None
    amount: str = ""
    span: str = ""
    absence: str = ""
    note: PlaceNote | None = None  # on the value
    note_before: PlaceNote | None = None  # on the value that it is compared with


@dataclass(frozen=True, slots=True)
class SpineArea:
    """A policy area: the rows that are always open, and the folded ones."""

    number: int
    address: str
    title: str
    rows: tuple[SpineRow, ...]
    folded: tuple[SpineRow, ...]


@panel("spine")
def spine(context: Context) -> Html:
    """Draw the position of the territory in each indicator, among the territories of its level."""
    place = place_of(context)
    rows = standings(context, place)
    is_metro = place.level == "metro"
    return context.panel(
        "territory/spine.html",
        "spine card",
        has_picture=any(row.series for row in rows),
        place=place,
        is_metro=is_metro,
        label=context.text("territory.spine", name=place.name),
        title=context.text("territory.spine_whole")
        if is_metro
        else context.text("territory.spine", name=place.name),
        subtitle=context.text("territory.spine_whole_sub" if is_metro else "territory.spine_sub"),
        peers=max((len(row.peers) for row in rows if _is_own(row, place)), default=0),
        areas=spine_areas(context, rows),
        total=len(rows),
        signs=[(sign, figure.SIGNS[sign]) for sign in figure.SIGNS],
        is_expanded=context.selection.show == "all",
        sources=sources.short(context, *(row.indicator for row in rows if row.series)),
    )


def spine_areas(context: Context, rows: Sequence[Standing]) -> list[SpineArea]:
    """Return the policy areas with the rows of their indicators."""
    place, areas = place_of(context), []
    links = cache(lambda codes: context.addresses("/indicatori", territory=codes))
    for number, node in enumerate(context.catalog.areas, start=1):
        in_area = tuple(_row(context, s, place, links) for s in rows if s.indicator.area == node.id)
        if in_area:
            areas.append(
                SpineArea(
                    number=number,
                    address=context.href(f"/ambiti/{node.id}"),
                    title=context.translate(node.short or node.title),
                    rows=in_area[:OPEN_ROWS],
                    folded=in_area[OPEN_ROWS:],
                )
            )
    return areas


def _row(context: Context, standing: Standing, place: Territory, links: Links) -> SpineRow:
    indicator, line = standing.indicator, standing.series
    is_metro = place.level == "metro"
    code = line.territory if line else place.territory
    address = links(() if is_metro else (code,))(indicator.id)
    title, unit, source = context.once(_labels, indicator.id)
    if line is None:
        return SpineRow(address, title, unit, source)
    mean, change = standing.mean, standing.change
    return SpineRow(
        address=address,
        title=title,
        unit=unit,
        source=source,
        value=context.format.value(line.last_value, indicator),
        partial=changes.partial_note(context, line),
        period=context.format.short_period(line.last_period),
        mean=context.format.value(mean.value, indicator) if mean else formatting.MISSING,
        spine=_spine(context, standing, is_metro=is_metro),
        sign=standing.direction,
        description=context.once(_description, standing.direction, standing.sign),
        share="" if is_metro else _share(context, standing),
        rank=standing.rank,
        ranked=len(standing.peers),
        municipal_rank=municipal_rank(context, standing),
        change=change,
        amount=changes.amount(context, change, indicator) if change else "",
        span=changes.span(context, change.since, line.last_period) if change else "",
        absence="" if change else changes.absence(context, line),
        note=_note(context, indicator, line.last_period),
        note_before=_note(context, indicator, change.since) if change else None,
    )


def _labels(context: Context, indicator: str) -> tuple[str, str, str]:
    """Return title, unit and makers of an indicator."""
    declared = context.catalog.indicators[indicator]
    title, unit = context.translate(declared.short), context.format.unit(declared)
    return title, unit, sources.makers(context, declared)


def _is_own(standing: Standing, place: Territory) -> bool:
    """Say whether the value is the territory's own, not that of its only municipality."""
    return standing.series is not None and standing.series.territory == place.territory


def municipal_rank(context: Context, standing: Standing) -> str:
    """Return the rank of a zone of one municipality among the municipalities; empty for others."""
    if standing.municipal_rank is None:
        return ""
    return context.text(
        "territory.municipal_rank", rank=standing.municipal_rank, n=standing.municipalities
    )


def _note(context: Context, indicator: Indicator, period: str) -> PlaceNote | None:
    """Return the note on a value of the territory, or on one of a municipality inside it."""
    notes = moved_values(context.data, indicator)
    note = notes.get((place_of(context).territory, period)) if notes else None
    return place_note(context, indicator, note) if note else None


def _description(context: Context, direction: Sign, sign: Comparison | None) -> str:
    """Name the direction, and how the value compares with the metropolitan one."""
    comparison = context.text(f"territory.sign_{sign}") if sign else ""
    return ", ".join(filter(None, [context.text(f"direction.{direction}"), comparison]))


def _spine(context: Context, standing: Standing, *, is_metro: bool) -> str:
    indicator = standing.indicator
    if standing.mean is None or standing.series is None or indicator.aggregate == "sum":
        return ""
    scale, ground = _scale_and_ground(standing, standing.mean, standing.series.last_value)
    if is_metro:
        names = [
            (peer, f"{name} {context.format.value(peer, indicator)}")
            for peer, name in standing.peers
        ]
        return figure.spine(ground, scale, dots=names)
    value = standing.series.last_value
    return figure.spine(ground, scale, value=value, sign=standing.direction)


def _scale_and_ground(standing: Standing, mean: Point, value: float) -> tuple[Scale, str]:
    """Return those of the peers; of a value outside them, its own."""
    group = standing.group
    reach = group.spread
    if group.scale and reach and reach.lowest <= value <= reach.highest:
        return group.scale, group.ground
    scale = scale_of(
        standing.indicator, mean, value, *((reach.lowest, reach.highest) if reach else ())
    )
    return scale, figure.ground(reach, scale)


def _share(context: Context, standing: Standing) -> str:
    """Say which share of the metropolitan sum the territory has; empty for what is not a sum."""
    mean, line = standing.mean, standing.series
    if standing.indicator.aggregate != "sum" or not mean or not mean.value or line is None:
        return ""
    share = 100 * line.last_value / mean.value
    return context.text("territory.share", share=context.format.number(share, 1))
