"""The spine of a territory as a picture: its first indicators against the metropolitan city."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dashboard.figures.spine import HEIGHT
from dashboard.pages.common import sources
from dashboard.pages.territory.spine import OPEN_ROWS, spine_areas
from dashboard.pages.territory.standing import place_of, standings
from dashboard.pictures import WIDTH, Picture
from dashboard.registry import HEADINGS, picture

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.pages.territory.spine import SpineRow

PERIOD, VALUE, MEAN = 440, 545, 650  # right edges of columns
SPINE_LEFT, SPINE_WIDTH = 690, 300
HEAD = 30


@picture("spine")
def spine_picture(context: Context) -> Picture | None:
    """Draw the rows that are always open; nothing for a territory without values."""
    place = place_of(context)
    areas = spine_areas(context)
    indicators = [
        standing.indicator
        for node in context.catalog.areas
        for standing in [s for s in standings(context, place) if s.indicator.area == node.id][
            :OPEN_ROWS
        ]
        if standing.series
    ]
    if not indicators:
        return None
    drawing, top = _heads(context, place.short), float(HEAD)
    for area in areas:
        title = escape(area.title)
        drawing += f'<text y="{top + 24}" font-size="15" font-weight="600">{title}</text>'
        top += HEAD
        for row in area.rows:
            drawing += _row(row, top)
            top += HEIGHT
        top += 6
    return Picture(
        title=HEADINGS["territory"](context).title,
        subtitle=context.text("territory.spine", name=place.name),
        drawing=drawing,
        height=top,
        source=sources.short(context, *indicators),
    )


def _heads(context: Context, name: str) -> str:
    heads = ((name, VALUE), (context.text("territory.metro_short"), MEAN))
    return "".join(
        f'<text class="quiet-text" x="{x}" y="14" text-anchor="end" font-size="13">'
        f"{escape(head)}</text>"
        for head, x in heads
    )


def _row(row: SpineRow, top: float) -> str:
    middle = top + HEIGHT / 2
    name = ", ".join(filter(None, (row.title, row.unit)))
    words = "".join(
        f'<text class="{kind}" x="{x}" y="{middle}" dy=".35em" text-anchor="{anchor}"'
        f' font-size="14" font-weight="{weight}">{escape(text)}</text>'
        for text, x, anchor, weight, kind in (
            (name, 0, "start", 400, ""),
            (row.period, PERIOD, "end", 400, "quiet-text"),
            (row.value, VALUE, "end", 600, ""),
            (row.mean, MEAN, "end", 400, "quiet-text"),
            (row.amount, WIDTH, "end", 400, "quiet-text"),
        )
    )
    line = f'<svg x="{SPINE_LEFT}" y="{top}" width="{SPINE_WIDTH}" '
    spine = row.spine.replace("<svg ", line, 1)
    return f'<path class="rule" d="M0 {top}H{WIDTH}"/>{words}{spine}'
