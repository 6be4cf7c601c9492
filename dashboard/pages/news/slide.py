"""The changes between two releases as a slide, the farthest from their usual variation first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.news.panels import title
from dashboard.pages.news.rows import news_rows
from dashboard.pages.news.selection import listing
from dashboard.registry import HEADINGS, slide
from dashboard.slides import Judgement, Row, Slide
from dashboard.status import SIGNS

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.pages.news.rows import NewsRow

MOST_ROWS = 6
LONGEST_VALUE = 10  # characters of a value that is written large


@slide("news")
def news_slide(context: Context) -> Slide:
    """List the first changes, each with its value before and after."""
    news = listing(context)
    rows = news_rows(context, news.news, news.shown[:MOST_ROWS]) if news else []
    return Slide(
        title=title(context, most=1),
        tab=HEADINGS["news"](context).tab,
        address=context.href(),
        rows=tuple(_row(context, row) for row in rows),
        demonstration=any(row.words.demonstration for row in rows),
        notes=tuple(f"{row.number}. {row.words.brief}: {row.words.reason}" for row in rows),
    )


def _row(context: Context, row: NewsRow) -> Row:
    words = row.words
    is_short = len(words.after) <= LONGEST_VALUE
    ends = " → ".join(filter(None, (words.before, words.after)))
    movement = " · ".join(filter(None, ("" if is_short else ends, words.difference)))
    note = " · ".join(filter(None, (row.kind, words.detail)))
    signs: tuple[Judgement, ...] = ()
    if words.sign_after in SIGNS:
        word = context.text(f"direction.{words.sign_after}")
        signs = (Judgement("direction", words.sign_after, word, movement),)
    value = words.after if is_short else ""
    return Row(label=words.title, note=note, value=value, movement=movement, signs=signs)
