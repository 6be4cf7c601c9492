"""The panels of a territory as pictures: identity, spine, projects, works, places."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dashboard.figures.spine import HEIGHT
from dashboard.figures.table import Table, Value
from dashboard.figures.table_drawing import bar
from dashboard.pages.common import sources
from dashboard.pages.common.changes import partial_note
from dashboard.pages.common.pictures import (
    millions,
    of_projects,
    of_works,
    place_map,
    progress_table,
    share,
    subtitle,
)
from dashboard.pages.common.progress import projects_near
from dashboard.pages.territory.largest_works import largest_works_of
from dashboard.pages.territory.places import compared, newest_period, parts_of, title_of
from dashboard.pages.territory.profile import INDICATORS, facts, municipalities_of
from dashboard.pages.territory.spine import OPEN_ROWS, municipal_rank, spine_areas
from dashboard.pages.territory.standing import place_of, standings, table_indicators
from dashboard.pictures import WIDTH, Picture
from dashboard.registry import HEADINGS, picture
from warehouse.formatting import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.context import Context
    from dashboard.figures.table import Cell, Row
    from dashboard.pages.territory.spine import SpineRow
    from dashboard.pages.territory.standing import Standing
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

PERIOD, VALUE, MEAN = 440, 545, 650  # right edges of columns
SPINE_LEFT, SPINE_WIDTH = 690, 300
HEAD = 30


@picture("spine")
def spine_picture(context: Context) -> Picture | None:
    """Draw the rows that are always open; nothing for a territory without values."""
    place = place_of(context)
    rows = standings(context, place)
    areas = spine_areas(context, rows)
    indicators = [
        standing.indicator
        for node in context.catalog.areas
        for standing in [s for s in rows if s.indicator.area == node.id][:OPEN_ROWS]
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
        table=_spine_table(context, place.short),
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


def _spine_table(context: Context, name: str) -> Table:
    """Return every indicator of the territory, the folded ones too."""
    text = context.text
    values = {s.indicator.id: s for s in standings(context, place_of(context))}
    rows = tuple(
        (
            context.translate(standing.indicator.short),
            context.format.unit(standing.indicator),
            context.format.period(standing.series.last_period),
            _number(context, standing, standing.series.last_value),
            _number(context, standing, standing.mean.value if standing.mean else None),
            Value(
                str(standing.rank or MISSING),
                standing.rank,
                note=municipal_rank(context, standing),
            ),
            Value(text(f"direction.{standing.direction}"), sign=standing.direction),
            sources.makers(context, standing.indicator),
        )
        for standing in values.values()
        if standing.series
    )
    columns = (
        text("data.indicator"),
        text("data.unit"),
        text("territory.period"),
        name,
        text("territory.metro_short"),
        text("picture.rank"),
        text("strip.direction"),
        text("source.one"),
    )
    return Table(columns, rows)


def _number(context: Context, standing: Standing, value: float | None) -> Value:
    return Value(context.format.value(value, standing.indicator), value)


@picture("identity")
def identity_picture(context: Context) -> Picture | None:
    """Draw where the territory is, with its municipalities and their figures."""
    place = place_of(context)
    inside = municipalities_of(context, place) or (place,)
    codes = [p.territory for p in inside]
    drawing, height = place_map(context, codes, [] if place.level == "metro" else [place.territory])
    return Picture(
        title=place.name,
        subtitle=" · ".join(f"{f.label} {f.value} {f.unit}".strip() for f in facts(context, place)),
        table=facts_table(context, inside),
        source=_boundaries(context),
        drawing=drawing,
        height=height,
    )


@picture("territory_list")
def territories_picture(context: Context) -> Picture | None:
    """Draw the zones with their figures."""
    places = (context.catalog.metro, *context.catalog.zones)
    return Picture(
        title=context.text("nav.territories"),
        subtitle=context.translate(context.catalog.plan.current.title),
        table=facts_table(context, places),
        source=_boundaries(context),
    )


def facts_table(context: Context, places: Sequence[Territory]) -> Table:
    """Return the key figures of places."""
    text = context.text
    indicators = [i for name in INDICATORS if (i := context.catalog.indicators.get(name))]
    rows = []
    for place in places:
        inside = municipalities_of(context, place)
        area = place.area_km2 or sum(p.area_km2 or 0 for p in inside)
        cells: list[Cell] = [Value(context.format.number(area, 1), area)]
        for indicator in indicators:
            line = context.data.series(indicator.id, place.territory)
            value = line.last_value if line else None
            cells += [
                Value(context.format.value(value, indicator), value),
                context.format.period(line.last_period) if line else MISSING,
            ]
        rows.append((place.name, *cells))
    columns = [text("indicator.territory"), f"{text('territory.area')}, km²"]
    for indicator in indicators:
        name = text(f"territory.{indicator.id}")
        period = text("territory.period").lower()
        columns += [f"{name}, {context.format.unit(indicator)}", f"{name}, {period}"]
    return Table(tuple(columns), tuple(rows))


def _boundaries(context: Context) -> str:
    datasets = [context.catalog.datasets.get("municipal_boundaries")]
    names = [context.translate(dataset.attribution) for dataset in datasets if dataset]
    indicators = [i for name in INDICATORS if (i := context.catalog.indicators.get(name))]
    return " · ".join([*names, sources.short(context, *indicators)])


@picture("zone_projects")
def projects_picture(context: Context) -> Picture | None:
    """Draw the strategic projects that concern the territory."""
    text = context.text
    near = projects_near(context, place_of(context).territory)
    pairs = [
        (p, text("territory.local" if is_local else "territory.everywhere"))
        for p, is_local in near
        if p.level == "strategic"
    ]
    table = progress_table(context, pairs, text("project.places"))
    return of_projects(context, text("territory.projects"), table, [p for p, _ in pairs])


@picture("largest_works")
def works_picture(context: Context) -> Picture | None:
    """Draw the largest funded works of the territory."""
    text, works = context.text, largest_works_of(context)
    largest = max((work.funding or 0 for work in works), default=0) or 1
    rows = tuple(
        (
            work.title,
            work.place,
            bar(
                100 * (work.funding or 0) / largest,
                [(100 * (work.funding or 0) * (work.paid_share or 0) / largest, "paid")],
            ),
            millions(context, work.funding),
            share(context, work.paid_share),
        )
        for work in works
    )
    columns = (text("territory.work"), text("projects.place"), "", "M€", text("area.paid"))
    return of_works(context, text("territory.works"), Table(columns, rows))


@picture("places")
def places_picture(context: Context) -> Picture | None:
    """Draw the table that compares the parts of the territory."""
    indicators = table_indicators(context)
    newest = [newest_period(context, indicator, parts_of(context)) for indicator in indicators]
    columns = list(zip(indicators, newest, strict=True))
    rows: tuple[Row, ...] = tuple(
        (part.name, *(_part_value(context, i, part, period) for i, period in columns))
        for part in compared(context)
    )
    heads = (
        ", ".join((context.translate(i.short), context.format.unit(i), period))
        for i, period in columns
    )
    return Picture(
        title=title_of(context),
        subtitle=subtitle(context, context.text("territory.places_sub")),
        table=Table((context.text("indicator.territory"), *heads), rows),
        source=sources.short(context, *indicators),
    )


def _part_value(context: Context, indicator: Indicator, part: Territory, newest: str) -> Value:
    """Return the last value of a part; one of an earlier period is text that names it."""
    line = context.data.series(indicator.id, part.territory)
    if line is None:
        return Value(MISSING)
    partial, period = partial_note(context, line), context.format.period(line.last_period)
    text = context.format.value(line.last_value, indicator) + ("*" if partial else "")
    if period != newest:
        return Value(f"{text} ({period})", note=partial)
    return Value(text, line.last_value, note=partial)
