"""The meetings of a deck in words, with what changed since and how it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views import NEWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.context import Context
    from warehouse.declarations.decks import Meeting


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting: its day and release in words, and addresses that may be empty."""

    text: str
    day: str
    news: str  # what changed since; empty where the page shows no later release
    past_page: str  # the page with the release of the meeting; empty where that release is gone


def meeting_rows(context: Context, meetings: Sequence[Meeting]) -> list[MeetingRow]:
    """Return the meetings, the latest first."""
    manifests = {manifest.release: manifest for manifest in context.data.releases()}
    earlier = {manifest.release for manifest in context.data.earlier_releases()}
    shown = context.data.store.release
    rows = []
    for meeting in sorted(meetings, key=lambda m: m.day, reverse=True):
        manifest = manifests.get(meeting.release)
        released = context.format.day(manifest.created.date()) if manifest else meeting.release
        is_another = manifest is not None and meeting.release != shown
        news = context.href(NEWS, vs=meeting.release, deck=context.selection.deck)
        rows.append(
            MeetingRow(
                text=context.text(
                    "deck.shown_on", day=context.format.day(meeting.day), release=released
                ),
                day=meeting.day.isoformat(),
                news=news if meeting.release in earlier else "",
                past_page=context.href(release=meeting.release) if is_another else "",
            )
        )
    return rows
