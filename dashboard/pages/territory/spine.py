"""The spine panel: every loaded indicator of a territory against the metropolitan city."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.figures import spine as figure
from dashboard.pages.common import changes, sources
from dashboard.pages.territory.standing import place_of, standings
from dashboard.place_notes import moved_values, place_note
from dashboard.registry import panel
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.territory.standing import Standing
    from dashboard.place_notes import PlaceNote
    from dashboard.series import Change
    from dashboard.status import Sign
    from warehouse.declarations.territories import Territory

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
    place = place_of(context)
    areas = []
    for number, node in enumerate(context.catalog.areas, start=1):
        in_area = tuple(_row(context, s, place) for s in rows if s.indicator.area == node.id)
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


def _row(context: Context, standing: Standing, place: Territory) -> SpineRow:
    indicator, line = standing.indicator, standing.series
    is_metro = place.level == "metro"
    row = SpineRow(
        address=context.href(
            f"/indicatori/{indicator.id}",
            territory=() if is_metro else (line.territory if line else place.territory,),
        ),
        title=context.translate(indicator.short),
        unit=context.format.unit(indicator),
        source=sources.makers(context, indicator),
    )
    if line is None:
        return row
    mean = standing.mean
    return replace(
        row,
        value=context.format.value(line.last.value, indicator),
        partial=changes.partial_note(context, line),
        period=context.format.short_period(line.last.period),
        mean=context.format.value(mean.value, indicator) if mean else formatting.MISSING,
        spine=_spine(context, standing, is_metro=is_metro),
        sign=standing.direction,
        description=_description(context, standing),
        share="" if is_metro else _share(context, standing),
        rank=standing.rank,
        ranked=len(standing.peers),
        municipal_rank=municipal_rank(context, standing),
        change=standing.change,
        amount=changes.amount(context, standing.change, indicator) if standing.change else "",
        span=_span(context, standing),
        absence="" if standing.change else changes.absence(context, line),
        note=_note(context, standing, line.last.period),
        note_before=_note(context, standing, standing.change.since) if standing.change else None,
    )


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


def _note(context: Context, standing: Standing, period: str) -> PlaceNote | None:
    """Return the note on a value of the territory, or on one of a municipality inside it."""
    indicator = standing.indicator
    territory = place_of(context).territory
    note = moved_values(context.data, indicator).get((territory, period))
    return place_note(context, indicator, note) if note else None


def _description(context: Context, standing: Standing) -> str:
    """Name the direction, and how the value compares with the metropolitan one."""
    comparison = context.text(f"territory.sign_{standing.sign}") if standing.sign else ""
    return ", ".join(filter(None, [context.text(f"direction.{standing.direction}"), comparison]))


def _span(context: Context, standing: Standing) -> str:
    if standing.change is None or standing.series is None:
        return ""
    return changes.span(context, standing.change.since, standing.series.last.period)


def _spine(context: Context, standing: Standing, *, is_metro: bool) -> str:
    indicator = standing.indicator
    if standing.mean is None or standing.series is None or indicator.aggregate == "sum":
        return ""
    value, peers = standing.series.last.value, standing.spread
    scale = figure.mean_scale(
        [peers.lowest, peers.highest, value] if peers else [value],
        standing.mean.value,
        lower_is_better=indicator.better == "lower",
    )
    if is_metro:
        names = [
            (peer, f"{name} {context.format.value(peer, indicator)}")
            for peer, name in standing.peers
        ]
        return figure.spine(peers, scale, dots=names)
    return figure.spine(peers, scale, value=value, sign=standing.direction)


def _share(context: Context, standing: Standing) -> str:
    """Say which share of the metropolitan sum the territory has; empty for what is not a sum."""
    mean, line = standing.mean, standing.series
    if standing.indicator.aggregate != "sum" or not mean or not mean.value or line is None:
        return ""
    share = 100 * line.last.value / mean.value
    return context.text("territory.share", share=context.format.number(share, 1))
