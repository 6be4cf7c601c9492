"""The meetings of a deck in words, with what changed since and how it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.context import Context
    from warehouse.declarations.decks import Showing

NEWS = "/novita"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: its day and release in words, and addresses that may be empty."""

    text: str
    day: str
    news: str  # what changed since; empty where nothing was published since
    then: str  # the page with the release of the meeting; empty where that release is gone


def meetings(context: Context, showings: Sequence[Showing]) -> list[Meeting]:
    """Return the meetings, the latest first."""
    manifests = {manifest.release: manifest for manifest in context.data.releases()}
    current = context.data.store.release
    rows = []
    for showing in sorted(showings, key=lambda s: s.day, reverse=True):
        manifest = manifests.get(showing.release)
        released = context.format.day(manifest.created.date()) if manifest else showing.release
        is_before = manifest is not None and showing.release != current
        news = context.href(NEWS, vs=showing.release, deck=context.selection.deck)
        rows.append(
            Meeting(
                text=context.text(
                    "deck.shown_on", day=context.format.day(showing.day), release=released
                ),
                day=showing.day.isoformat(),
                news=news if is_before else "",
                then=context.href(release=showing.release) if is_before else "",
            )
        )
    return rows
