"""Words of a value that changed: a new period, a revision, or another method."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dashboard import series
from dashboard.figures.before_after import BeforeAfter, before_after
from dashboard.pages.common import changes
from dashboard.pages.news.wording import Words, area_number, joined, times_usual
from dashboard.series import Change
from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.news.changes import News
    from warehouse.declarations.models import Indicator
    from warehouse.query.between import MovedValue

NOT_COMPARED = ("method", "boundary")
SMALLEST_DIFFERENCE = 1e-12


def words(context: Context, news: News, value: MovedValue) -> Words:
    """Say what changed in one series, and by how much."""
    indicator = context.catalog.indicators[value.indicator]
    difference = _difference(context, indicator, value)
    name = context.translate(indicator.short)
    is_metro = value.territory == context.catalog.metro.territory
    place = place_name(context, value.territory)
    return Words(
        title=f"{name}, {place}",
        path=f"/indicatori/{value.indicator}",
        detail=_detail(context, news, indicator, value),
        before=context.format.value(value.before, indicator),
        after=context.format.value(value.after, indicator),
        difference=difference,
        reason=_reason(context, indicator, value),
        brief=f"{name if is_metro else f'{name}, {place}'}: {difference}",
        chart=_chart(context, value),
        number_before=value.before,
        number_after=value.after,
    )


def place_name(context: Context, territory: str) -> str:
    """Name a territory within a sentence."""
    if territory == context.catalog.metro.territory:
        return context.text("metro")
    return context.catalog.territories[territory].short


def _difference(context: Context, indicator: Indicator, value: MovedValue) -> str:
    """Write the difference of the printed values, or why there is none."""
    if value.kind in NOT_COMPARED:
        return context.text("news.not_comparable")
    if value.after is None:
        return context.text("news.withdrawn")
    if value.before is None:
        return context.text("news.first")
    old, new = (round(v, indicator.decimals) for v in (value.before, value.after))
    if old == new:
        return context.text("news.same")
    kind = context.catalog.units[indicator.unit].change
    if kind == "percent" and old:
        amount = 100 * (new - old) / abs(old)
    else:
        amount, kind = new - old, "absolute" if kind == "percent" else kind
    since = value.period_before or value.period_after or ""
    return changes.amount(context, Change(amount, since, kind), indicator)


def _reason(context: Context, indicator: Indicator, value: MovedValue) -> str:
    """Say why the row is where it is: the difference against the usual variation."""
    if value.kind in NOT_COMPARED:
        return context.text("news.broken")
    if value.before is None or value.after is None:
        return ""
    usual = context.format.value(value.usual, indicator)
    return times_usual(context, value.ratio, usual)


def _detail(context: Context, news: News, indicator: Indicator, value: MovedValue) -> str:
    """Say in one line where the change belongs, when, and what happened."""
    nominal = context.text("news.nominal") if indicator.nominal else ""
    period = context.format.period(value.period_after or value.period_before)
    return joined(
        area_number(context, indicator.area),
        period,
        _event(context, news, indicator, value),
        nominal,
    )


def _event(context: Context, news: News, indicator: Indicator, value: MovedValue) -> str:
    if value.kind == "method":
        text = _break_text(context, indicator, value)
        return text or context.text("news.formula")
    if value.kind in {"boundary", "dropped", "status"}:
        return context.text(f"news.{value.kind}")
    if value.kind == "revised":
        return context.text("news.revised", n=value.revised)
    if value.before is None:
        return context.text("news.series", n=value.cells)
    revised = context.text("news.and_revised", n=value.revised) if value.revised else ""
    if value.territory != context.catalog.metro.territory:
        return revised
    return joined(_zones(context, news, value), revised)


def _break_text(context: Context, indicator: Indicator, value: MovedValue) -> str:
    """Return what a break since the value before says; empty where there is none."""
    if not value.period_before or not value.period_after:
        return ""
    period = series.first_break(indicator, value.period_before, value.period_after)
    return context.translate(indicator.breaks[period]) if period else ""


def _zones(context: Context, news: News, value: MovedValue) -> str:
    """Say in how many zones the same new value is higher, and in how many lower."""
    zones = {zone.territory for zone in context.catalog.zones}
    steps = [
        other.after - other.before
        for other in news.of_indicator(value.indicator)
        if other.territory in zones
        and other.kind == value.kind
        and other.before is not None
        and other.after is not None
    ]
    signs = Counter("up" if s > 0 else "down" for s in steps if abs(s) > SMALLEST_DIFFERENCE)
    if not steps:
        return ""
    for name in ("up", "down"):
        if signs[name] == len(steps):
            return context.text(f"news.all_{name}", n=len(steps))
    return context.text("news.mixed", up=signs["up"], down=signs["down"], n=len(steps))


def _chart(context: Context, value: MovedValue) -> str:
    """Draw the series until then, with the value before and the value now."""
    line = context.data.series(value.indicator, value.territory)
    old, new = value.period_before, value.period_after
    until = formatting.start(old or new or "")
    points = [(formatting.start(p.period), p.value) for p in line.points] if line else []
    before = (formatting.start(old), value.before) if old and value.before is not None else None
    after = (formatting.start(new), value.after) if new and value.after is not None else None
    earlier = [point for point in points if point[0] < until]
    if before and value.kind not in {"revised", "dropped", "status"}:
        earlier.append(before)
    return before_after(BeforeAfter(earlier, before, after, value.kind not in NOT_COMPARED))
