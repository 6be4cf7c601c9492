"""The values of a panel as CSV and as a table say what their marks and signs say in the page."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from dashboard.context import Context, route
from dashboard.export import pictures, values
from dashboard.figures.table import Table, Value
from dashboard.pages.territory.places import compared, newest_period
from dashboard.pages.territory.standing import table_indicators
from dashboard.pages.works.table import ROWS_PER_PAGE
from dashboard.pictures import Picture
from dashboard.selection import Selection

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config


@pytest.fixture
def overview(deployed: Config, data: ReleaseData) -> Context:
    return _context(deployed, data, "/")


def _context(config: Config, data: ReleaseData, path: str, query: str = "") -> Context:
    return Context(config, data, Selection.read(path, query), route(data, path))


def _picture(context: Context, panel: str) -> Picture:
    picture = pictures.picture_of(context, panel)
    assert picture
    return picture


def _file(context: Context, picture: Picture) -> list[dict[str, str]]:
    text = values.csv(context, picture, "it").removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_a_small_number_keeps_its_digits_and_a_large_one_has_no_more_than_two(
    overview: Context,
) -> None:
    rows = (
        ("a", Value("0,001", 0.00123456), Value("1", 1.23456)),
        ("b", Value("−3,2", -3.2), Value("−", None)),
    )
    first, second = _file(overview, Picture("t", "s", Table(("n", "x", "y"), rows), "source"))
    assert (first["X"], first["Y"]) == ("0,00123", "1,23")
    assert (second["X"], second["Y"]) == ("-3,20000", "−")


def test_a_spreadsheet_takes_the_title_of_a_column_for_text(overview: Context) -> None:
    table = Table(("n", "=1+1"), (("a", Value("1", 1)),))
    (row,) = _file(overview, Picture("t", "s", table, "source"))
    assert row["'=1+1"] == "1"


def test_the_matrix_says_its_signs_in_words(overview: Context) -> None:
    rows = _file(overview, _picture(overview, "matrix"))
    for row in rows:
        notes = row["nota"]
        for zone in overview.catalog.zones:
            assert row[zone.short] == "–" or f"{zone.short}: " in notes
    assert overview.text("direction.better") in " ".join(row["nota"] for row in rows)


def test_a_partial_value_says_which_share_of_residents_it_covers(
    deployed: Config, data: ReleaseData
) -> None:
    least = deployed.thresholds.complete_coverage
    line = next(
        s for s in data.aggregate_series.values() if any(p.coverage < least for p in s.points)
    )
    context = _context(deployed, data, f"/indicatori/{line.indicator}")
    cells = [c for row in _picture(context, "table").table.written()[1] for c in row]
    assert any("*" in cell.text for cell in cells)
    assert all(("*" in cell.text) == ("residenti" in cell.note) for cell in cells)


def test_a_value_of_an_earlier_period_names_it(deployed: Config, data: ReleaseData) -> None:
    earlier = 0
    for place in (zone.territory for zone in data.catalog.zones):
        context = _context(deployed, data, f"/territori/{place}")
        parts = data.municipalities[place]
        rows = _picture(context, "places").table.rows
        for part, (_, *cells) in zip(compared(context), rows, strict=True):
            for indicator, cell in zip(table_indicators(context), cells, strict=True):
                line = data.series(indicator.id, part.territory)
                if line is None or not isinstance(cell, Value):
                    continue
                period = context.format.period(line.last.period)
                is_newest = period == newest_period(context, indicator, parts)
                assert (cell.amount is not None) == is_newest
                assert is_newest or cell.text.endswith(f"({period})")
                earlier += not is_newest
    assert earlier


def test_the_second_page_of_the_works_is_the_second_page_of_the_file(
    deployed: Config, data: ReleaseData
) -> None:
    first, second = (
        _picture(_context(deployed, data, "/progetti/opere", f"page={page}"), "works")
        for page in (1, 2)
    )
    assert f"{ROWS_PER_PAGE + 1}–" in second.title
    assert first.table.rows != second.table.rows
