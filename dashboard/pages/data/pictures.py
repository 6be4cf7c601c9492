"""The coverage of the indicators and the rejected rows as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.table import Sketch, Table, Value
from dashboard.pages.common.pictures import subtitle
from dashboard.pages.data.coverage import coverage_of_areas
from dashboard.pages.data.panels import refused_rows
from dashboard.pictures import Picture
from dashboard.registry import picture
from warehouse.errors import explain
from warehouse.formatting import MISSING
from warehouse.front_matter import description

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dashboard.context import Context
    from dashboard.figures.table import Row
    from dashboard.pages.data.coverage import Cell

WIDTH, HEIGHT, STEP = 200, 10, 9  # px of the squares of an indicator


@picture("coverage")
def coverage_picture(context: Context) -> Picture | None:
    """Draw the periods of each indicator as squares."""
    text = context.text
    rows = tuple(
        (
            row.indicator,
            area.title,
            row.first,
            row.last,
            Value(str(row.periods), row.periods),
            _squares(row.cells),
            row.municipalities,
            row.gaps,
        )
        for area in coverage_of_areas(context)
        for row in area.rows
    )
    if not rows:
        return None
    columns = (
        text("data.indicator"),
        text("sight.area"),
        text("picture.first"),
        text("picture.last"),
        text("data.periods"),
        "",
        text("data.municipalities"),
        text("data.gaps_title"),
    )
    table = Table(columns, rows)
    return Picture(text("data.coverage"), subtitle(context), table, text("source.elaboration"))


@picture("datasets")
def datasets_picture(context: Context) -> Picture | None:
    """Draw the datasets: origin, licence, cadence, and what the release took from them."""
    text, number = context.text, context.format.number
    rows: tuple[Row, ...] = tuple(
        (
            row[f"title_{context.language}"],
            row["provider"],
            row["licence"],
            text(f"cadence.{row['cadence']}"),
            row["owner"],
            context.format.period(row["last_period"]),
            Value(number(row["figures"]), row["figures"]),
            Value(number(row["refused"] or 0), row["refused"] or 0),
            _day(context, row["fetched"]),
            Value(number(row["files"] or 0), row["files"] or 0),
        )
        for row in context.data.rows("datasets")
    )
    if not rows:
        return None
    names = (
        "dataset", "provider", "licence", "cadence", "owner", "last", "figures", "refused_short",
        "fetched", "files",
    )  # fmt: skip
    table = Table(tuple(text(f"data.{name}") for name in names), rows)
    return Picture(text("data.datasets"), subtitle(context), table, text("app.title"))


@picture("audits")
def audits_picture(context: Context) -> Picture | None:
    """Draw every audit with the number of its findings."""
    text = context.text
    rows: tuple[Row, ...] = tuple(
        (
            row["audit"],
            description(row["sql"], context.language),
            text(f"severity.{row['severity']}"),
            Value(context.format.number(row["failures"]), row["failures"]),
        )
        for row in sorted(context.data.rows("audits"), key=lambda row: -row["failures"])
    )
    if not rows:
        return None
    columns = ("picture.audit", "picture.finds", "picture.severity", "picture.findings")
    table = Table(tuple(map(text, columns)), rows)
    return Picture(text("data.audits"), subtitle(context), table, text("app.title"))


@picture("refused")
def refused_picture(context: Context) -> Picture | None:
    """Draw every rejected row with its reason."""
    text, datasets = context.text, context.catalog.datasets
    rows: tuple[Row, ...] = tuple(
        (
            context.translate(dataset.title)
            if (dataset := datasets.get(row["dataset"]))
            else row["dataset"],
            explain(row, context.language)[0],
            row["file"],
            row["sheet"] or MISSING,
            Value(str(row["line"] or MISSING), row["line"]),
            row["column"] or "",
            row["value"] or "",
        )
        for row in refused_rows(context)
    )
    if not rows:
        return None
    columns = (
        text("data.dataset"),
        text("strip.why"),
        text("data.file"),
        text("data.sheet"),
        text("data.line"),
        text("data.column"),
        text("data.value"),
    )
    table = Table(columns, rows)
    return Picture(text("data.refused"), subtitle(context), table, text("app.title"))


def _day(context: Context, moment: datetime | None) -> Value:
    if moment is None:
        return Value(MISSING)
    return Value(context.format.day(moment.date()), day=moment.date().isoformat())


def _squares(cells: Sequence[Cell]) -> Sketch:
    step = min(STEP, WIDTH / max(len(cells), 1))
    svg = "".join(
        f'<rect class="{cell.cover}" x="{step * i:.1f}" width="{step - 1:.1f}" height="{HEIGHT}"/>'
        for i, cell in enumerate(cells)
    )
    return Sketch(f'<g class="cover-squares">{svg}</g>', WIDTH, HEIGHT)
