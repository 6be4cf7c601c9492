"""The heading panel of every page, and the page for addresses that lead nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.news.changes import Scope, items, news_since
from dashboard.pages.common import age
from dashboard.pages.shell.header import SECTIONS
from dashboard.registry import HEADINGS, panel
from dashboard.views import NEWS, PRESENT

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

SCOPES = frozenset({"area", "indicator", "territory", "project"})
WITHOUT_NEWS = frozenset({"news", "works", "work", "data", "method", "meeting", "missing"})
VISIT = "VISIT"  # stands for the release that the browser last showed
MOST_OF_A_PATH = 80  # characters of an address that are repeated or searched
MOST_SUGGESTIONS = 5


@panel("missing")
def missing(context: Context) -> Html:
    """Say that the page does not exist, and where to go instead."""
    return context.panel(
        "shell/missing.html",
        "missing",
        path=context.selection.path[:MOST_OF_A_PATH],
        suggestions=_suggestions(context),
        sections=(("overview", "/"), *SECTIONS),
    )


def _suggestions(context: Context) -> list[dict[str, str]]:
    """Return what the search finds for the last part of the path."""
    question = context.selection.path.rpartition("/")[2][:MOST_OF_A_PATH]
    if context.search is None:
        return []
    answer = context.search(re.sub(r"[-_.]+", " ", question))
    items: list[dict[str, str]] = [item for group in answer["groups"] for item in group["items"]]
    return items[:MOST_SUGGESTIONS]


@panel("heading")
def heading(context: Context) -> Html:
    """Draw the heading of the page's view."""
    return context.panel(
        "shell/heading.html",
        "heading",
        heading=HEADINGS[context.route.view.name](context),
        age=age.sentence(context),
        news=_news(context),
        visit=context.href(NEWS, vs=VISIT),
        present=PRESENT,
    )


def _news(context: Context) -> tuple[str, str] | None:
    """Return how many changes concern the page, and their address; None where none can."""
    if context.route.view.name in WITHOUT_NEWS:
        return None
    news = news_since(context.data)
    if news is None:
        return None
    values = {n: v for n, v in context.route.values.items() if n in SCOPES}
    count = len(items(context.data, news, Scope(**values)))
    day = context.format.day(news.before.created.date())
    text = f"{context.text('news.count', n=count)} {context.text('news.count_since', day=day)}"
    territory = values.pop("territory", None)
    places = (territory,) if territory else ()
    return text, context.href(NEWS, territory=places, **values)
