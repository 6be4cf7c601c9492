"""Tiles of the overview for attention: targets missed, worsening, late projects, by one rule."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from dashboard.pages.common import changes
from dashboard.pages.common.headlines import one_per_family
from dashboard.pages.common.progress import progress
from dashboard.registry import panel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.release_data import ReleaseData
    from dashboard.series import Series
    from dashboard.status import Status
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

TILES = 3
NAMES = 3  # projects named on a tile
OFF_TARGET = frozenset({"missed", "away"})
LATE = frozenset({"late"})


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing to look at: its subject, a finding with values and years, where to read on."""

    subject: str
    title: str
    finding: str
    address: str
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    """An indicator with the zones of which something holds, and their series."""

    indicator: Indicator
    zones: tuple[tuple[Territory, Series], ...]


@panel("attention")
def attention(context: Context) -> Html:
    """Draw the tiles, or say that nothing asks for attention."""
    return context.panel("overview/attention.html", "attention", tiles=tiles(context))


def title(context: Context) -> str:
    """Return the sentence of the tiles' subjects."""
    subjects = [tile.subject for tile in tiles(context)]
    if not subjects:
        return context.text("attention.nothing")
    return context.text("attention.title", subjects=", ".join(subjects))


def tiles(context: Context) -> list[Tile]:
    """Return at most three: the first of each kind, then the seconds; no indicator twice.

    Kinds are taken in their order: a goal missed, a worsening beyond the floor, late projects;
    within a kind the one with the most zones.
    """
    missed = context.data.once(cases, _is_off_target)
    worse = context.data.once(cases, _is_worse)
    known = {case.indicator.id for case in missed}
    kinds = (
        [_missed(context, case) for case in missed],
        [_worsening(context, case) for case in worse if case.indicator.id not in known],
        list(_late(context)),
    )
    in_turn = chain.from_iterable(zip_longest(*kinds))
    return [tile for tile in in_turn if tile is not None][:TILES]


def _is_off_target(status: Status) -> bool:
    return status.target_sign in OFF_TARGET


def _is_worse(status: Status) -> bool:
    return status.direction == "worse"


def cases(data: ReleaseData, holds: Callable[[Status], bool]) -> list[_Case]:
    """Return the indicators with zones of which `holds` is true, most zones first.

    Of near-duplicates only the one that counts.
    """
    found = []
    for indicator in one_per_family(data.indicators):
        zones = tuple(_zones(data, indicator, holds))
        if zones:
            found.append(_Case(indicator, zones))
    return sorted(found, key=lambda case: -len(case.zones))


def _zones(
    data: ReleaseData, indicator: Indicator, holds: Callable[[Status], bool]
) -> Iterator[tuple[Territory, Series]]:
    for zone in data.catalog.zones:
        line = data.aggregate(indicator.id, zone.territory)
        status = data.status(indicator.id, zone.territory)
        if line and status and data.is_current(line) and holds(status):
            yield zone, line


def _missed(context: Context, case: _Case) -> Tile:
    return _tile(context, case, "missed", _values(context, case))


def _worsening(context: Context, case: _Case) -> Tile:
    metro = context.data.aggregate(case.indicator.id, context.catalog.metro.territory)
    if metro is None:
        return _tile(context, case, "worse", _values(context, case))
    value = context.format.value(metro.last_value, case.indicator)
    finding = context.text(
        "attention.metro",
        value=f"{value} {context.format.unit(case.indicator)}",
        period=context.format.period(metro.last_period),
        movement=changes.movement(context, metro, context.data.change(metro)),
    )
    return _tile(context, case, "worse", finding)


def _tile(context: Context, case: _Case, kind: str, finding: str) -> Tile:
    name = context.translate(case.indicator.short)
    values = {"title": name, "n": len(case.zones), "total": len(context.catalog.zones)}
    subject = context.text(f"attention.subject_{kind}", **values)
    return Tile(
        subject=context.inside(subject),
        title=context.text(f"attention.{kind}", **values),
        finding=finding,
        address=context.href(
            f"/indicatori/{case.indicator.id}", territory=(case.zones[0][0].territory,)
        ),
    )


def _values(context: Context, case: _Case) -> str:
    """Write the zones' values, the farthest first, and the period."""
    is_low = case.indicator.better != "lower"
    ordered = sorted(case.zones, key=lambda pair: pair[1].last_value, reverse=not is_low)
    unit = context.format.unit(case.indicator)
    return ", ".join(
        f"{zone.short} {context.format.value(line.last_value, case.indicator)} {unit} "
        f"({context.format.period(line.last_period)})"
        for zone, line in ordered[:NAMES]
    )


def _late(context: Context) -> Iterator[Tile]:
    late = [p for p in progress(context, "strategic") if p.state in LATE]
    if late:
        yield Tile(
            subject=context.text("attention.subject_late", n=len(late)),
            title=context.text("attention.late", n=len(late)),
            finding=", ".join(p.short for p in late[:NAMES]) + ("…" if late[NAMES:] else ""),
            address=context.href("/progetti", state="late"),
            demonstration=True,
        )
