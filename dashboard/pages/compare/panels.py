"""The page that compares: its heading, its choices and its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from dashboard.figures import marks
from dashboard.pages.common import breadcrumbs, sources
from dashboard.pages.compare.choice import (
    MOST_INDICATORS,
    choice,
    common_period,
    mean_in,
    point_in,
    written,
    written_interval,
)
from dashboard.registry import Crumb, Heading, heading, panel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.compare.choice import Choice
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen territory or indicator, with the address without it."""

    label: str
    key: str
    without: str
    mark: str = ""
    territory: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Choices of one kind in a list: (value, label)."""

    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """An indicator: its period, and value and interval for each territory and the whole."""

    title: str
    address: str
    unit: str
    period: str
    cells: tuple[tuple[str, str], ...]
    mean: str


@heading("compare")
def compare_heading(context: Context) -> Heading:
    """Say where the territories differ most, with their values."""
    return Heading(
        title=finding(context, choice(context)),
        tab=context.text("nav.compare"),
        crumbs=(breadcrumbs.home(context), Crumb(context.text("nav.compare"))),
        actions=True,
    )


def finding(context: Context, compared: Choice) -> str:
    """Return the sentence of the indicator in which the territories are farthest apart.

    Distances are measured in the range of the zones, so that indicators can be compared; sums,
    which follow size, come last.
    """
    rates = [i for i in compared.indicators if i.aggregate != "sum"] or compared.indicators
    apart = max(rates, key=lambda i: _distance(context, compared, i))
    places = [place.territory for place in compared.places]
    period = common_period(context, apart, places)
    values = [(place, point_in(context, apart, place, period)) for place in places]
    unit = context.format.unit(apart)
    parts = [
        f"{place.short} {context.format.value(point.value, apart)} {unit}"
        for place, point in sorted(
            ((place, point) for place, point in values if point), key=lambda pair: -pair[1].value
        )
    ]
    title = context.translate(apart.short)
    if not parts:
        return context.text("compare.nothing", title=title)
    mean = mean_in(context, apart, period)
    if mean:
        value = context.format.value(mean.value, apart)
        parts.append(context.text("compare.against", value=value, unit=unit))
    return context.text(
        "compare.finding",
        title=title,
        period=context.format.period(period),
        values=", ".join(parts),
    )


def _distance(context: Context, compared: Choice, indicator: Indicator) -> float:
    """Return how far apart the territories are, or a single one from the whole."""
    places = [place.territory for place in compared.places]
    period = common_period(context, indicator, places)
    points = [point_in(context, indicator, place, period) for place in places]
    values = [point.value for point in points if point]
    mean = mean_in(context, indicator, period)
    if len(values) == 1 and mean:
        values.append(mean.value)
    zones = [point_in(context, indicator, zone, period) for zone in context.catalog.zones]
    peers = [point.value for point in zones if point]
    spread = max(peers, default=0) - min(peers, default=0)
    return (max(values) - min(values)) / spread if len(values) > 1 and spread else 0


@panel("compare_controls")
def controls(context: Context) -> Html:
    """Draw the chosen territories and indicators, and the lists to choose more from."""
    compared = choice(context)
    places = [
        Chip(
            place.territory.name,
            f"place-{place.code}",
            context.href(territory=_without(compared.codes, place.code), indicators=compared.names),
            marks.key(place.position),
            "" if place.territory.level == "metro" else place.code,
        )
        for place in compared.places
    ]
    indicators = [
        Chip(
            context.translate(indicator.short),
            f"indicator-{indicator.id}",
            context.href(
                territory=compared.codes, indicators=_without(compared.names, indicator.id)
            ),
        )
        for indicator in compared.indicators
    ]
    return context.panel(
        "compare/controls.html",
        "compare-controls card",
        places=places,
        indicators=indicators,
        place_groups=_place_groups(context, compared) if len(places) < marks.MOST else (),
        indicator_groups=_indicator_groups(context, compared)
        if len(indicators) < MOST_INDICATORS
        else (),
        hidden=_hidden(context, compared),
        left_out=compared.left_out,
        most=(marks.MOST, MOST_INDICATORS),
        download=download(context, compared),
    )


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(n for n in names if n != name)


def _place_groups(context: Context, compared: Choice) -> list[Group]:
    catalog = context.catalog
    upper = [catalog.metro, *catalog.zones]
    groups = [Group(context.text("compare.zones"), _options(compared, upper))]
    groups += [
        Group(zone.name, _options(compared, context.data.municipalities[zone.territory]))
        for zone in catalog.zones
        if zone.territory not in catalog.only_municipalities
    ]
    return groups


def _options(compared: Choice, places: Iterable[Territory]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (place.territory, place.name) for place in places if place.territory not in compared.codes
    )


def _indicator_groups(context: Context, compared: Choice) -> list[Group]:
    return [
        Group(
            context.translate(node.short or node.title),
            tuple(
                (indicator.id, context.translate(indicator.short))
                for indicator in context.data.indicators
                if indicator.area == node.id and indicator.id not in compared.names
            ),
        )
        for node in context.catalog.areas
    ]


def _hidden(context: Context, compared: Choice) -> list[tuple[str, str]]:
    """Return the fields that a form keeps: the choice, and what else the address says."""
    keys = ("lang", "theme", "release", "across", "up", "subject", "values", "like")
    address = context.href(territory=compared.codes, indicators=compared.names)
    query = dict(parse_qsl(address.partition("?")[2]))
    names = ("territory", "indicators", "criteria", *keys)
    return [(key, query[key]) for key in names if key in query]


def download(context: Context, compared: Choice) -> str:
    """Return the address of the table as CSV."""
    names = ",".join(compared.names)
    return context.link(
        f"/api/compare.csv?territory={','.join(compared.codes)}&indicators={names}"
        f"&lang={context.language}&release={context.data.store.release}"
    )


@panel("compare_table")
def table(context: Context) -> Html:
    """Give every value with its interval, beside the metropolitan one."""
    compared = choice(context)
    return context.panel(
        "compare/table.html",
        "compare-table card",
        places=[(p.territory.short, marks.key(p.position)) for p in compared.places],
        rows=[table_row(context, compared, indicator) for indicator in compared.indicators],
        download=download(context, compared),
        sources=sources.short(context, *compared.indicators),
    )


def table_row(context: Context, compared: Choice, indicator: Indicator) -> TableRow:
    """Return the values of an indicator in the compared territories."""
    places = [place.territory for place in compared.places]
    period = common_period(context, indicator, places)
    points = [point_in(context, indicator, place, period) for place in places]
    return TableRow(
        title=context.translate(indicator.title),
        address=context.href(f"/indicatori/{indicator.id}", territory=compared.codes),
        unit=context.format.unit(indicator),
        period=context.format.period(period),
        cells=tuple(
            (written(context, indicator, point), written_interval(context, indicator, point))
            for point in points
        ),
        mean=written(context, indicator, mean_in(context, indicator, period)),
    )
