"""The page of changes: from which release to which, their kinds, their list, their title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.news.changes import KINDS
from dashboard.pages.common import breadcrumbs
from dashboard.pages.news import menus
from dashboard.pages.news.rows import NewsRow, news_rows
from dashboard.pages.news.selection import Listing, feed_query, listing, selected_order
from dashboard.registry import Crumb, Heading, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

SHOWN = 25  # rows, unless all are requested
IN_TITLE = 3  # rows that make the sentence of the title


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of change with its number, as a filter."""

    name: str
    label: str
    count: int
    address: str
    is_selected: bool


@panel("news_controls")
def controls(context: Context) -> Html:
    """Choose the two releases, and take the list away: mail, feeds, CSV."""
    news = listing(context)
    return context.panel(
        "news/controls.html",
        "news-controls",
        menus=menus.releases(context, news.news if news else None),
        exports=_exports(context) if news else [],
        unknown=_unknown_release(context),
    )


def _unknown_release(context: Context) -> str:
    """Return the release in the address that does not exist or is not an earlier one."""
    text = context.selection.vs
    return text if text and context.data.release_since(text) is None else ""


def _exports(context: Context) -> list[tuple[str, str, str]]:
    """Return label, icon and address of each way to take the list away."""
    about = {**feed_query(context), "lang": context.language}
    names = {"release": context.data.store.release}
    for name in ("vs", "kind"):
        if value := getattr(context.selection, name):
            names[name] = value
    between = about | names
    return [
        (context.text("news.mail"), "mail", _api(context, "news.html", between)),
        ("Atom", "feed", _api(context, "news.atom", about)),
        ("JSON", "code", _api(context, "news.json", about)),
        ("CSV", "download", _api(context, "news.csv", between)),
    ]


def _api(context: Context, name: str, query: dict[str, str]) -> str:
    return context.link(f"/api/{name}?{urlencode(query)}")


@panel("news_kinds")
def kinds(context: Context) -> Html:
    """Count the changes of each kind; each count is a filter."""
    news = listing(context)
    selected = context.selection.kind if context.selection.kind in KINDS else None
    counts = [
        KindCount(
            name=kind,
            label=context.text(f"news.kinds_{kind}"),
            count=news.count(kind) if news else 0,
            address=context.href(kind=kind, show=None),
            is_selected=kind == selected,
        )
        for kind in KINDS
    ]
    total = KindCount(
        name="all",
        label=context.text("news.kinds_all"),
        count=len(news.in_scope) if news else 0,
        address=context.href(kind=None, show=None),
        is_selected=selected is None,
    )
    return context.panel(
        "news/kinds.html",
        "news-kinds",
        counts=[total, *counts],
        menus=menus.filters(context, news) if news else [],
        order=menus.orders(context),
    )


@panel("news_list")
def changes(context: Context) -> Html:
    """List the changes, the farthest from its usual variation first."""
    news = listing(context)
    rows = _rows(context, news) if news else []
    total = len(news.shown) if news else 0
    is_whole = context.selection.show == "all"
    since = news.news.before.release if news else None
    return context.panel(
        "news/list.html",
        "news-list card",
        has_picture=bool(rows),
        rows=rows,
        total=total,
        is_first=news is None,
        all_address=context.href(show="all") if total > len(rows) and not is_whole else "",
        address=lambda row: _address(context, row, since),
        order=context.text(f"news.order_{selected_order(context)}"),
    )


def _rows(context: Context, news: Listing) -> list[NewsRow]:
    items = news.shown if context.selection.show == "all" else news.shown[:SHOWN]
    return news_rows(context, news.news, items)


def _address(context: Context, row: NewsRow, since: str | None) -> str:
    """Return the page of what changed: an indicator's with the values of the earlier release."""
    value = row.item.value
    if value is None:
        is_project = row.item.kind == "project"
        return context.href(row.words.path, vs=None if is_project else since)
    metro = context.catalog.metro.territory
    places = () if value.territory == metro else (value.territory,)
    return context.href(row.words.path, territory=places, vs=since)


@heading("news")
def news_heading(context: Context) -> Heading:
    """Say what the first rows say."""
    crumb = context.text("nav.news")
    return Heading(
        title=title(context),
        tab=crumb,
        crumbs=(breadcrumbs.home(context), Crumb(crumb)),
        actions=True,
    )


def title(context: Context, most: int = IN_TITLE) -> str:
    """Return the sentence of the first rows: since when, and what changed most."""
    news = listing(context)
    if news is None:
        return context.text("news.first_release")
    before = news.news.before.release
    meeting = menus.shown_releases(context).get(before) if context.selection.vs == before else None
    key, words = "", {"day": menus.label(context, before)}
    if meeting:
        key, words = "_meeting", meeting
    if not news.shown:
        return context.text(f"news.nothing{key}", **words)
    clauses = [r.words.brief for r in news_rows(context, news.news, news.shown[:most])]
    return context.text(f"news.title{key}", **words, changes="; ".join(clauses))
