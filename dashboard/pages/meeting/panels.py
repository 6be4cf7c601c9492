"""Meeting mode: the overview and the policy areas as slides for a projector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import narrative
from dashboard.pages.common import changes, sources
from dashboard.pages.common.headlines import lead_indicators
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.series import Change
    from warehouse.declarations.models import Indicator


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A policy area on the first slide: its lead indicator and how it changed."""

    area: str
    indicator: str
    value: str
    unit: str
    change: Change | None
    movement: str


@dataclass(frozen=True, slots=True)
class ZoneBar:
    """The value of a zone; `width` in percent of the largest."""

    zone: str
    value: str
    width: float


@dataclass(frozen=True, slots=True)
class AreaSlide:
    """A policy area's lead indicator: the metropolitan value and the zones as bars."""

    value: str
    unit: str
    period: str
    change: Change | None
    movement: str
    bars: tuple[ZoneBar, ...]
    mean: float | None


@panel("slide")
def slide(context: Context) -> Html:
    """Draw the selected slide; the first is the overview, then one for each policy area."""
    indicators = lead_indicators(context)
    total = 1 + len(indicators)
    position = min(context.selection.slide, total)
    subjects = indicators if position == 1 else (indicators[position - 2],)
    is_overview = position == 1
    return context.panel(
        "meeting/slide.html",
        "slide",
        position=position,
        total=total,
        back="/" if is_overview else f"/ambiti/{subjects[0].area}",
        as_of=context.format.day(context.data.store.manifest.created.date()),
        title=context.text("meeting.overview", n=len(subjects))
        if is_overview
        else _area_title(context, subjects[0]),
        rows=[_lead_row(context, indicator) for indicator in subjects] if is_overview else [],
        area=None if is_overview else _area_slide(context, subjects[0]),
        source=sources.short(context, *subjects),
    )


def _lead_row(context: Context, indicator: Indicator) -> LeadRow:
    line = context.data.aggregate_series[indicator.id, context.catalog.metro.territory]
    change = context.data.change(line)
    node = next(n for n in context.catalog.areas if n.id == indicator.area)
    period = context.format.period(line.last.period)
    return LeadRow(
        area=context.translate(node.short or node.title),
        indicator=f"{context.translate(indicator.short)}, {period}",
        value=context.format.value(line.last.value, indicator),
        unit=context.format.unit(indicator),
        change=change,
        movement=changes.movement(context, line, change),
    )


def _area_title(context: Context, indicator: Indicator) -> str:
    line = context.data.aggregate_series[indicator.id, context.catalog.metro.territory]
    return context.text(
        "narrative.slide",
        title=context.translate(indicator.title),
        sentence=narrative.extremes(context, indicator, line.last.period),
    )


def _area_slide(context: Context, indicator: Indicator) -> AreaSlide:
    line = context.data.aggregate_series[indicator.id, context.catalog.metro.territory]
    change = context.data.change(line)
    zones = narrative.zone_values(context, indicator, line.last.period)[::-1]
    largest = max([line.last.value, *(value for _, value in zones)], default=1) or 1
    return AreaSlide(
        value=context.format.value(line.last.value, indicator),
        unit=context.format.unit(indicator),
        period=context.format.period(line.last.period),
        change=change,
        movement=changes.movement(context, line, change),
        bars=tuple(
            ZoneBar(
                zone=zone.name,
                value=context.format.value(value, indicator),
                width=max(0, 100 * value / largest),
            )
            for zone, value in zones
        ),
        mean=max(0, 100 * line.last.value / largest) if indicator.aggregate != "sum" else None,
    )
