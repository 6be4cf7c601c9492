"""Site header: title, navigation, releases, language and theme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, get_args

from dashboard.decks.ready import FIRST_DECK
from dashboard.selection import Theme
from dashboard.views import DECKS, PRESENT

if TYPE_CHECKING:
    from dashboard.context import Context

SECTIONS = (
    ("territories", "/territori"),
    ("projects", "/progetti"),
    ("news", "/novita"),
    ("compare", "/confronta"),
    ("decks", DECKS),
    ("plan", "/piano"),
    ("actors", "/attori"),
    ("data", "/dati"),
)
ON_PHONE = frozenset({"territories", "projects", "news"})  # the others are under "more" there
METHOD = ("method", "/metodo")


PAST_DAYS = frozenset({"projects", "project", "risk", "actors", "actor"})


@dataclass(frozen=True, slots=True)
class ReleaseLink:
    """A release in the menu; the address of the published one names no release."""

    name: str
    day: str
    address: str
    is_selected: bool


def site_header(context: Context) -> str:
    """Return the markup of header and navigation for a page."""
    shown = context.data.store.manifest
    current = context.current or shown.release
    releases = [
        ReleaseLink(
            name=manifest.release,
            day=context.format.day(manifest.created.date()),
            address=context.href(release=None if manifest.release == current else manifest.release),
            is_selected=manifest.release == shown.release,
        )
        for manifest in context.data.releases()
    ]
    return context.render(
        "shell/header.html",
        nav=context.route.view.nav,
        day=context.format.day(shown.created.date()),
        current=current,
        past_day=_past_day(context),
        releases=releases,
        meeting=f"{PRESENT}{DECKS}/{FIRST_DECK}",
        themes=get_args(Theme),
        sections=SECTIONS,
        phone_sections=(("overview", "/"), *(s for s in SECTIONS if s[0] in ON_PHONE)),
        more_sections=(*(s for s in SECTIONS if s[0] not in ON_PHONE), METHOD),
    )


def _past_day(context: Context) -> str:
    """Return the day before the last report on which the page shows projects; empty for none."""
    if not context.is_past_day or context.route.view.name not in PAST_DAYS:
        return ""
    return context.format.day(date.fromisoformat(context.today))
