"""Readings of the office about the subject of a page, beside the figures that they quote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markupsafe import Markup

from dashboard.registry import panel
from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from warehouse.declarations.readings import QuotedFigure, Reading

PAGE = MarkdownIt("commonmark", {"html": False})  # the author writes Markdown, not markup


@dataclass(frozen=True, slots=True)
class Quote:
    """A figure of a reading: as it was written, and what the release has in its place."""

    label: str
    address: str
    value: str
    period: str
    now: str
    is_moved: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A reading as it is shown; it is stale where one of its figures has moved."""

    title: str
    body: Markup
    is_foreign: bool
    author: str
    day: str
    demonstration: bool
    quotes: tuple[Quote, ...]

    @property
    def is_stale(self) -> bool:
        """Whether the release has other figures than those it was written on."""
        return any(quote.is_moved for quote in self.quotes)


@panel("readings")
def readings(context: Context) -> Html:
    """Show the readings of the page's subject; the panel is not there without one."""
    notes = [_note(context, reading) for reading in context.catalog.readings
             if _is_about(context, reading)]  # fmt: skip
    name = "readings card" if notes else "readings none"
    return context.panel("common/readings.html", name, notes=notes)


def _is_about(context: Context, reading: Reading) -> bool:
    """Say whether a reading is about the area, the indicator or the territory of the page.

    One of an indicator in a territory is shown with the indicator where that is highlighted.
    """
    values = context.route.values
    if "indicator" in values:
        places = {None, context.catalog.metro.territory, *context.highlighted}
        return reading.indicator == values["indicator"] and reading.territory in places
    if "area" in values:
        return reading.area == values["area"]
    code = context.catalog.page_code(reading.territory) if reading.territory else None
    return code == values.get("territory")


def _note(context: Context, reading: Reading) -> Note:
    text = context.translate(reading.text)
    return Note(
        title=context.translate(reading.title),
        body=Markup(PAGE.render(text)),  # noqa: S704  # markup in it is escaped
        is_foreign=context.language == "en" and reading.text.en == reading.text.it,
        author=reading.author,
        day=context.format.day(reading.day),
        demonstration=reading.demonstration,
        quotes=tuple(_quote(context, figure, reading) for figure in reading.figures),
    )


def _quote(context: Context, figure: QuotedFigure, reading: Reading) -> Quote:
    subject = figure.indicator, figure.territory
    quoted = [f.period for f in reading.figures if (f.indicator, f.territory) == subject]
    newest = max(map(formatting.start, quoted))
    indicator = context.catalog.indicators[figure.indicator]
    place = context.catalog.territories[figure.territory]
    line = context.data.series(indicator.id, place.territory)
    point = line.point(figure.period) if line else None
    write, unit = context.format.value, context.format.unit(indicator)
    now = ""
    if line is None or point is None:
        now = context.text("readings.gone")
    elif write(point.value, indicator) != write(figure.value, indicator):
        now = context.text("readings.revised", value=write(point.value, indicator), unit=unit)
    elif formatting.start(figure.period) == newest < formatting.start(line.last_period):
        now = context.text(
            "readings.later",
            value=write(line.last_value, indicator),
            unit=unit,
            period=context.format.period(line.last_period),
        )
    return Quote(
        label=f"{context.translate(indicator.short)}, {place.short}",
        address=context.href(f"/indicatori/{indicator.id}", territory=(place.territory,)),
        value=f"{write(figure.value, indicator)} {unit}",
        period=context.format.period(figure.period),
        now=now,
        is_moved=bool(now),
    )
