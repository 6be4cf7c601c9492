"""Menus of the page of changes: releases, filters and orders as addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.decks.link import read_link
from dashboard.pages.common.filters import Menu, area_menu, territory_menu
from dashboard.pages.news.selection import ORDERS, selected_order
from warehouse.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.context import Context
    from dashboard.news.changes import News
    from dashboard.pages.news.selection import Listing

MEETING_PHASES = frozenset({"meetings", "table", "return"})
MEETINGS = 5  # the latest that are offered


def releases(context: Context, news: News | None) -> list[Menu]:
    """Return the menus of the release before and of the one now."""
    shown, labels = context.data.store.release, _labels(context)
    earlier = [manifest.release for manifest in context.data.earlier_releases()]
    before = news.before.release if news else None
    options = [
        (labels[name], context.href(vs=name if position else None), name == before)
        for position, name in enumerate(earlier)
    ]
    later = tuple(
        (text, context.href(release=name), name == shown) for name, text in labels.items()
    )
    menus = [
        Menu(
            "from",
            context.text("news.from"),
            _now([*_deck_meetings(context), *options]),
            (*options, *_deck_meetings(context), *_meetings(context)),
        ),
        Menu("to", context.text("news.to"), _now(later), later),
    ]
    return menus if earlier else menus[1:]


def _now(options: Sequence[tuple[str, str, bool]]) -> str:
    return next((label for label, _, is_selected in options if is_selected), "")


def label(context: Context, release: str) -> str:
    """Return the day of a release, with the hour where a day has several."""
    return _labels(context)[release]


def _labels(context: Context) -> dict[str, str]:
    """Return the label of each release by its id, the newest first."""
    manifests = context.data.releases()
    days = [manifest.created.date() for manifest in manifests]
    labels = {}
    for manifest, day in zip(manifests, days, strict=True):
        text = context.format.day(day)
        is_alone = days.count(day) == 1
        hour = f", {manifest.created:%H:%M} UTC"
        labels[manifest.release] = text if is_alone else text + hour
    return labels


def shown_releases(context: Context) -> dict[str, dict[str, str]]:
    """Return the earlier releases that decks were shown with, each with the last meeting's words.

    The decks are those of the office and the one of the address.
    """
    earlier = {manifest.release for manifest in context.data.earlier_releases()}
    decks = [*context.catalog.decks, read_link(context.selection.deck).deck]
    pairs = [(meeting, deck) for deck in decks for meeting in deck.meetings]
    pairs = [pair for pair in pairs if pair[0].release in earlier]
    meetings: dict[str, dict[str, str]] = {}
    for meeting, deck in sorted(pairs, key=lambda pair: pair[0].day, reverse=True):
        words = {
            "title": context.translate(deck.title),
            "day": context.format.day(meeting.day),
        }
        meetings.setdefault(meeting.release, words)
    return meetings


def _deck_meetings(context: Context) -> list[tuple[str, str, bool]]:
    """Return the meetings of decks as releases to compare with."""
    return [
        (
            context.text("news.meeting", **words),
            context.href(vs=release),
            context.selection.vs == release,
        )
        for release, words in [*shown_releases(context).items()][:MEETINGS]
    ]


def _meetings(context: Context) -> Iterator[tuple[str, str, bool]]:
    """Yield the plan's meetings since the first release as days to compare with.

    Before the first release there is nothing to compare with.
    """
    last = context.data.store.manifest.created.date()
    first = min(manifest.created.date() for manifest in context.data.releases())
    events = [
        (Period.parse(event.end or event.start or "").end, event)
        for cycle in context.catalog.plan.cycles
        for event in cycle.process
        if event.start and event.phase in MEETING_PHASES and not event.demonstration
    ]
    past = sorted((pair for pair in events if first <= pair[0] <= last), key=lambda pair: pair[0])
    for day, event in reversed(past[-MEETINGS:]):
        title, iso = context.translate(event.title), day.isoformat()
        text = context.text("news.meeting", title=title, day=context.format.day(day))
        yield text, context.href(vs=iso), context.selection.vs == iso


def filters(context: Context, listing: Listing) -> list[Menu]:
    """Return the menus of area, territory and project."""
    return [area_menu(context), territory_menu(context), _projects(context, listing)]


def _projects(context: Context, listing: Listing) -> Menu:
    """Return the menu of the projects that moved."""
    language, selected = context.language, context.selection.project
    names = {
        moved.row["project"]: moved.row[f"short_{language}"] or moved.row[f"title_{language}"]
        for moved in listing.news.projects
    }
    options = [
        (title, context.href(project=name), name == selected)
        for name, title in sorted(names.items(), key=lambda pair: pair[1])
    ]
    nothing = (context.text("projects.every"), context.href(project=None), not selected)
    return Menu(
        "project", context.text("news.project"), names.get(selected or "", ""), (nothing, *options)
    )


def orders(context: Context) -> Menu:
    """Return the menu of the orders of the list."""
    selected = selected_order(context)
    options = tuple(
        (
            context.text(f"news.order_{order}"),
            context.href(sort=None if order == ORDERS[0] else order),
            order == selected,
        )
        for order in ORDERS
    )
    return Menu("order", context.text("news.order"), _now(options), options)
