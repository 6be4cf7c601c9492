"""Values of an indicator as an earlier release had them, beside those of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.release_data import ReleaseData
    from dashboard.series import Series


def earlier_release(context: Context) -> ReleaseData | None:
    """Return the earlier release that the address compares with; None without one."""
    return context.data.earlier(context.selection.vs) if context.selection.vs else None


def earlier_series(context: Context) -> dict[str, Series]:
    """Return the earlier series of the highlighted territories, else of the metropolitan city.

    Without those that are as they were.
    """
    release = earlier_release(context)
    if release is None:
        return {}
    codes = context.highlighted or (context.catalog.metro.territory,)
    name = context.indicator.id
    lines = ((code, release.series(name, code)) for code in codes)
    return {code: line for code, line in lines if line and line != context.data.series(name, code)}


def earlier_note(context: Context) -> str:
    """Say what is compared with which release; empty where the address compares nothing."""
    if not context.selection.vs:
        return ""
    release = earlier_release(context)
    if release is None:
        return context.text("news.unknown_vs", release=context.selection.vs)
    day = context.format.day(release.store.manifest.created.date())
    key = "news.earlier_line" if earlier_series(context) else "news.earlier_same"
    return context.text(key, day=day)


def earlier_day(context: Context) -> str:
    """Return the day of the release that the table compares with; empty without one."""
    release = earlier_release(context)
    return context.format.day(release.store.manifest.created.date()) if release else ""


def earlier_value(context: Context, territory: str) -> str:
    """Write the last value that the earlier release had, with its period; a dash for none."""
    release = earlier_release(context)
    line = release.series(context.indicator.id, territory) if release else None
    if line is None:
        return "–"
    value = context.format.value(line.last_value, context.indicator)
    return f"{value} ({context.format.period(line.last_period)})"
