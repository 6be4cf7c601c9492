"""The trend as an index: money, and quantities of territories of different size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import indexed
from dashboard.pages.indicator.query import periods
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.context import Context
    from dashboard.release_data import ReleaseData
    from dashboard.series import Series

INDEX = "index"  # the value of `values` in the address


def base_period(context: Context) -> str | None:
    """Return the period that would be 100; None where an index says nothing.

    Shares and rates are compared directly; an index needs two periods, and a common one without
    zeros after the last break.
    """
    if context.catalog.units[context.indicator.unit].change != "percent":
        return None
    return context.data.once(_base_period, context.indicator.id)


def _base_period(data: ReleaseData, indicator: str) -> str | None:
    codes = (place.territory for place in (*data.catalog.zones, data.catalog.metro))
    lines = [line for code in codes if (line := data.aggregate(indicator, code))]
    base = indexed.base_period(data.catalog.indicators[indicator], lines)
    day = formatting.start(base) if base else None
    has_more = day and any(formatting.start(line.last_period) > day for line in lines)
    return base if has_more else None


def selected_base(context: Context) -> str | None:
    """Return the base period where the address asks for the index and there can be one."""
    return base_period(context) if context.selection.values == INDEX else None


def as_index(context: Context, lines: Mapping[str, Series]) -> dict[str, Series]:
    """Return the series as an index where the address asks for it; else unchanged."""
    base = selected_base(context)
    if base is None:
        return dict(lines)
    pairs = ((code, indexed.indexed(line, base)) for code, line in lines.items())
    return {code: line for code, line in pairs if line}


def missing_note(context: Context) -> str:
    """Name the highlighted territories without a value in the base period; nothing if all have."""
    base = selected_base(context)
    if base is None:
        return ""
    lines = {code: context.data.series(context.indicator.id, code) for code in context.highlighted}
    names = [
        context.catalog.territories[code].name
        for code, line in lines.items()
        if line and indexed.indexed(line, base) is None
    ]
    if not names:
        return ""
    words = {"names": ", ".join(names), "period": context.format.period(base)}
    return context.text("indicator.no_index", **words)


def drawn_periods(context: Context) -> tuple[str, ...]:
    """Return the periods of the trend: of an index, from its base on."""
    base = selected_base(context)
    day = formatting.start(base) if base else None
    return tuple(p for p in periods(context) if not day or formatting.start(p) >= day)


def unit(context: Context) -> str:
    """Return the unit of the trend: that of the indicator, or `2019 = 100`."""
    base = selected_base(context)
    if base is None:
        return context.format.unit(context.indicator)
    return context.text("compare.index_unit", period=context.format.period(base))


def write(context: Context, value: float | None) -> str:
    """Write a value of the trend."""
    if selected_base(context) is None:
        return context.format.value(value, context.indicator)
    return context.format.number(value, indexed.DECIMALS)
