"""The list of what changed as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.before_after import HEIGHT, WIDTH
from dashboard.figures.table import Sketch, Table, Value
from dashboard.pages.news.panels import title
from dashboard.pages.news.rows import news_rows
from dashboard.pages.news.selection import listing
from dashboard.pictures import Picture
from dashboard.registry import picture

if TYPE_CHECKING:
    from dashboard.context import Context

MOST = 30  # rows


@picture("news_list")
def news_picture(context: Context) -> Picture | None:
    """Draw the first changes, the farthest from its usual variation first."""
    news = listing(context)
    if news is None or not news.shown:
        return None
    text, rows = context.text, news_rows(context, news.news, news.shown[:MOST])
    cells = tuple(
        (
            row.words.title,
            row.kind,
            row.words.detail,
            Sketch(row.words.chart, WIDTH, HEIGHT),
            Value(row.words.before, row.words.number_before),
            Value(row.words.after, row.words.number_after),
            row.words.difference,
        )
        for row in rows
    )
    columns = (
        text("news.col_what"),
        text("news.col_kind"),
        text("strip.why"),
        "",
        text("works.before"),
        text("works.after"),
        text("news.col_difference"),
    )
    return Picture(
        title=title(context),
        subtitle=text("news.shown", n=len(rows), total=len(news.shown)),
        table=Table(columns, cells),
        source=text("app.title"),
        demonstration=any(row.words.demonstration for row in rows),
    )
