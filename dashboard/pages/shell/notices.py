"""Notices above a page that is not what its address asks for, with the way to what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from dashboard.components.html import Html
    from dashboard.context import Context

MOST_OF_A_NAME = 60  # characters of an unknown release that are repeated
SEEN_BY_DAY = frozenset({"projects", "project", "risk", "actors", "actor"})  # views


def notices(context: Context) -> list[Html]:
    """Return the notices of a page: an unknown release, a day before the first report."""
    notes = []
    if unknown := context.unknown_release:
        text = context.text("notice.release", release=unknown[:MOST_OF_A_NAME])
        notes.append((text, context.text("notice.current_release"), context.href(release=None)))
    if first := first_day_after(context):
        day = context.format.day(first)
        text = context.text("notice.early", day=day)
        link = context.text("notice.first_day", day=day)
        notes.append((text, link, context.href(at=first.isoformat())))
    if not notes:
        return []
    return [context.panel("shell/notices.html", "notices", notes=notes)]


def first_day_after(context: Context) -> date | None:
    """Return the first day with a report where the selected one is before it: nothing is shown."""
    selected = context.selection.at
    if selected is None or context.route.view.name not in SEEN_BY_DAY:
        return None
    days: list[date] = [row["day"] for row in context.data.rows("report_days")]
    return min(days) if days and selected < min(days).isoformat() else None
