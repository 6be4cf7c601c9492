"""Rows of the list of changes: what a change is called, its values and why it is where it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.news.changes import MovedTarget
from dashboard.news.projects import MovedProject
from dashboard.pages.news import project_rows, sign_rows, value_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.context import Context
    from dashboard.news.changes import News, NewsItem
    from dashboard.pages.news.wording import Words


@dataclass(frozen=True, slots=True)
class NewsRow:
    """A row of the list; texts in the page's language, `chart` as SVG."""

    item: NewsItem
    number: int
    kind: str
    words: Words


def news_rows(context: Context, news: News, items: Iterable[NewsItem]) -> list[NewsRow]:
    """Return a numbered row for each change."""
    return [
        NewsRow(item, number, context.text(f"news.kind_{item.kind}"), _words(context, news, item))
        for number, item in enumerate(items, start=1)
    ]


def _words(context: Context, news: News, item: NewsItem) -> Words:
    if isinstance(item.subject, MovedProject):
        return project_rows.words(context, item.subject)
    if isinstance(item.subject, MovedTarget):
        return sign_rows.target_words(context, item.subject)
    if item.kind in {"sign", "target"} and item.sign:
        return sign_rows.words(context, news, item.subject, item.sign)
    return sign_rows.with_signs(value_rows.words(context, news, item.subject), item.sign)
