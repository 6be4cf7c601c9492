"""The finding that heads a page: the largest current change among declared headlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.common import changes
from dashboard.pages.common.headlines import headline_indicators

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.context import Context
    from dashboard.series import Change, Series
    from warehouse.declarations.models import Indicator

JUDGED = ("better", "worse")


def headlines_of_all(context: Context) -> list[Indicator]:
    """Return the headlines of every area, in their order."""
    return [i for node in context.catalog.areas for i in headline_indicators(context, node)]


def finding(context: Context, indicators: Iterable[Indicator], territory: str) -> str:
    """Say the largest change of a territory, like with like and of a current series.

    Changes that are judged go first, measured against the value before; without any change, the
    first current value.
    """
    lines = [context.data.series(indicator.id, territory) for indicator in indicators]
    current = [line for line in lines if line and context.data.is_current(line)]
    if not current:
        return context.text("narrative.no_finding")
    line = max(current, key=lambda line: _weight(context, line))
    return _sentence(context, line, context.data.change(line))


def _weight(context: Context, line: Series) -> tuple[bool, float]:
    """Return whether a series has a judged change, and its size against the value before."""
    change = context.data.change(line)
    before = line.point(change.since) if change else None
    if change is None or change.municipalities or before is None or not before.value:
        return False, 0.0
    size = abs(line.last_value - before.value) / abs(before.value)
    return change.direction in JUDGED, size


def _sentence(context: Context, line: Series, change: Change | None) -> str:
    indicator = context.catalog.indicators[line.indicator]
    key = "narrative.finding" if change else "narrative.finding_value"
    return context.text(
        key,
        title=context.translate(indicator.short),
        value=context.format.value(line.last_value, indicator),
        unit=context.format.unit(indicator),
        period=context.format.period(line.last_period),
        movement=changes.movement(context, line, change),
    ).strip()
