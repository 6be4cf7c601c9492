"""Selected changes of the page: the two releases, the filters and the order."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from dashboard.news.changes import KINDS, Scope, items, news_since

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.news.changes import News, NewsItem

ORDERS = ("usual", "area", "period")


def scope(context: Context) -> Scope:
    """Return the selected area, territory, indicator and project that exist."""
    selection, catalog = context.selection, context.catalog
    areas = {node.id for node in catalog.areas}
    return Scope(
        area=selection.area if selection.area in areas else None,
        territory=context.highlighted[0] if context.highlighted else None,
        indicator=selection.indicator if selection.indicator in catalog.indicators else None,
        project=selection.project,
    )


def feed_query(context: Context) -> dict[str, str]:
    """Return the selected scope as the query of a feed."""
    chosen = asdict(scope(context))
    return {name: value for name, value in chosen.items() if value}


@dataclass(frozen=True, slots=True)
class Listing:
    """The changes between two releases: all in scope, and those of the selected kind, in order."""

    news: News
    in_scope: tuple[NewsItem, ...]
    shown: tuple[NewsItem, ...]

    def count(self, kind: str) -> int:
        """Return the number of changes of a kind."""
        return sum(1 for item in self.in_scope if item.kind == kind)


def listing(context: Context) -> Listing | None:
    """Return the selected changes; None where there is no earlier release to compare with."""
    news = news_since(context.data, context.selection.vs) or news_since(context.data)
    if news is None:
        return None
    in_scope = items(context.data, news, scope(context))
    kind = context.selection.kind
    shown = [item for item in in_scope if kind not in KINDS or item.kind == kind]
    return Listing(news, in_scope, tuple(_sorted(context, shown)))


def selected_order(context: Context) -> str:
    """Return the selected order, by default that of the usual variation."""
    order = context.selection.sort
    return order if order in ORDERS else ORDERS[0]


def _sorted(context: Context, changes: list[NewsItem]) -> list[NewsItem]:
    order = selected_order(context)
    if order == "area":
        names = [node.id for node in context.catalog.areas]
        return sorted(changes, key=lambda i: min((names.index(a) for a in i.areas), default=99))
    if order == "period":
        return sorted(changes, key=_newest, reverse=True)
    return changes


def _newest(item: NewsItem) -> str:
    return (item.value.period_after or "") if item.value else ""
