"""The page of an indicator: its heading, its controls and its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.figures.marks import highlight_key
from dashboard.pages.common import breadcrumbs, not_loaded
from dashboard.pages.common.headlines import (
    current_indicators,
    has_stopped,
    loaded_indicators,
)
from dashboard.pages.indicator.outlook import outlook_sentence
from dashboard.pages.indicator.query import periods, selected_period, series_breaks
from dashboard.pages.indicator.title import page_title
from dashboard.registry import Crumb, Heading, Neighbours, heading, panel
from dashboard.sentence import with_period
from warehouse.declarations.freshness import MONTHS_ALLOWED

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.release_data import ReleaseData
    from warehouse.declarations.models import Indicator

MAP_LEVELS = ("municipality", "zone")

TO_VERIFY = "Da verificare"  # a licence that nobody has confirmed yet


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice as a link."""

    label: str
    address: str
    key: str
    is_selected: bool
    territory: str = ""
    mark: str = ""  # of one of several highlighted territories


@dataclass(frozen=True, slots=True)
class PeriodSlider:
    """The periods to choose from: their names, their addresses, the position of the selected."""

    labels: tuple[str, ...]
    addresses: tuple[str, ...]
    position: int


@heading("indicator")
def indicator_heading(context: Context) -> Heading:
    """Say from which to which zone the values run, or the news of the highlighted territory."""
    title = context.translate(context.indicator.title)
    area = context.translate(context.area.short or context.area.title)
    return Heading(
        title=page_title(context, context.selection.period),
        tab=title,
        crumbs=(
            breadcrumbs.home(context),
            Crumb(area, f"/ambiti/{context.area.id}"),
            Crumb(title),
        ),
        actions=True,
        compare=context.href(
            "/confronta", territory=context.highlighted, indicators=(context.indicator.id,)
        ),
        neighbours=_neighbours(context),
    )


def _neighbours(context: Context) -> Neighbours | None:
    """Return the indicators before and after in the area, in the order of its page."""
    indicators = loaded_indicators(context, context.area)
    names = [indicator.id for indicator in indicators]
    if context.indicator.id not in names:
        return None
    position = names.index(context.indicator.id)

    def link(indicator: Indicator) -> tuple[str, str]:
        address = f"/indicatori/{indicator.id}"
        return (
            context.translate(indicator.short),
            context.href(address, territory=context.selection.territory),
        )

    return Neighbours(
        before=link(indicators[position - 1]) if position else None,
        after=link(indicators[position + 1]) if position + 1 < len(indicators) else None,
        position=position + 1,
        count=len(indicators),
    )


@panel("controls")
def controls(context: Context) -> Html:
    """Draw the choices: highlighted territory, map level, period."""
    zones = [
        Chip(
            label=zone.short,
            address=context.href(territory=_toggle(context.highlighted, zone.territory)),
            key=f"hl-{zone.territory}",
            territory=zone.territory,
            is_selected=zone.territory in context.highlighted,
            mark=highlight_key(context.highlighted, zone.territory),
        )
        for zone in context.catalog.zones
    ]
    levels = [
        Chip(
            label=context.text(f"indicator.{level}"),
            address=context.href(map=level),
            key=f"map-level-{level}",
            is_selected=context.selection.map == level,
        )
        for level in MAP_LEVELS
    ]
    return context.panel(
        "indicator/controls.html",
        "controls",
        zones=zones,
        levels=levels,
        slider=_slider(context),
    )


def _toggle(selected: tuple[str, ...], code: str) -> tuple[str, ...]:
    return tuple(c for c in selected if c != code) if code in selected else (*selected, code)


def _slider(context: Context) -> PeriodSlider | None:
    available = periods(context)
    selected = selected_period(context)
    if len(available) < 2 or selected is None:  # noqa: PLR2004  # a slider needs two ends
        return None
    return PeriodSlider(
        labels=tuple(context.format.period(period) for period in available),
        addresses=tuple(context.href(period=period) for period in available),
        position=available.index(selected),
    )


@panel("sheet")
def sheet(context: Context) -> Html:
    """Say what the indicator measures, how, from whom, with which limits; offer downloads."""
    indicator = context.indicator
    licences = {c.dataset.licence for c in context.catalog.citations(indicator)}
    return context.panel(
        "indicator/sheet.html",
        "sheet card",
        indicator=indicator,
        citations=context.catalog.citations(indicator),
        aggregate=context.text(
            f"indicator.aggregate_{indicator.aggregate}",
            weight=variable_title(context, indicator.weight or indicator.denominator or ""),
        ),
        coverage=_coverage(context),
        freshness=_freshness(context),
        published=_published(context),
        outlook=outlook_sentence(context),
        family=[i for i in context.catalog.family(indicator) if i != indicator],
        family_lead=_family_lead(context),
        breaks=series_breaks(context),
        corrections=_corrections(context),
        is_licence_open=TO_VERIFY not in licences,
        is_loaded=bool(periods(context)),
        base=context.link(f"/api/indicators/{indicator.id}"),
    )


def _freshness(context: Context) -> str:
    """Say how old the last reading is against the source's cadence, with a verdict."""
    available = periods(context)
    if not available:
        return ""
    indicator = context.indicator
    cadence = context.catalog.datasets[indicator.datasets[0]].cadence
    key = "stopped" if has_stopped(context, indicator) else "current"
    return context.text(
        f"indicator.freshness_{key}",
        period=context.format.period(available[-1]),
        cadence=context.text(f"cadence.{cadence}"),
        months=MONTHS_ALLOWED[cadence],
    )


def _published(context: Context) -> str:
    """Say in which periods the metropolitan value is the provider's own, if in any."""
    metro = context.catalog.metro
    periods = context.data.published.get((context.indicator.id, metro.territory), ())
    line = context.data.aggregate(context.indicator.id, metro.territory)
    if not periods or line is None:
        return ""
    mark = context.text("show.published", place=metro.name)
    if len(periods) == len(line.points):
        return with_period(mark)
    return with_period(f"{mark}: {', '.join(map(context.format.period, periods))}")


def _family_lead(context: Context) -> str:
    """Say which near-duplicate counts for the family, unless the series of all have stopped."""
    family = {indicator.id for indicator in context.catalog.family(context.indicator)}
    counted = [i for i in current_indicators(context, context.area) if i.id in family]
    title = context.translate(counted[0].title) if counted else ""
    return context.text("indicator.family_lead", title=title) if title else ""


def _corrections(context: Context) -> list[str]:
    """Return the known errors of the source that were corrected, with their reasons."""
    variables = set(context.indicator.variables)
    rows = (row for row in context.data.rows("corrections") if row["variable"] in variables)
    territories = context.catalog.territories
    return [
        context.text(
            "indicator.correction",
            territory=territories[row["territory"]].name,
            period=context.format.period(row["period"]),
            reason=row[f"reason_{context.language}"],
        )
        for row in rows
        if row["applied"]
    ]


def _coverage(context: Context) -> str:
    """Say which periods are loaded, and how many municipalities have the last one."""
    available = periods(context)
    if not available:
        return not_loaded.message(context, context.indicator)
    municipalities = context.data.once(_recent, context.indicator.id, available[-1])
    first, last = (context.format.period(period) for period in (available[0], available[-1]))
    if len(available) == 1:
        return context.text("indicator.coverage_single", first=first, n=municipalities)
    return context.text(
        "indicator.coverage_text",
        periods=len(available),
        first=first,
        last=last,
        n=municipalities,
    )


def _recent(data: ReleaseData, indicator: str, period: str) -> int:
    """Return how many municipalities have a value of a period, and of none after it."""
    lines = data.municipal_series(indicator).values()
    return sum(1 for line in lines if line.last_period == period)


def variable_title(context: Context, name: str) -> str:
    """Return the title of `dataset.variable`; empty for an unknown dataset or a dataset alone."""
    dataset_name, _, variable = name.partition(".")
    dataset = context.catalog.datasets.get(dataset_name)
    return context.translate(dataset.variables[variable].title) if dataset and variable else ""
