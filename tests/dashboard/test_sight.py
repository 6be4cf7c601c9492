"""The matrix of areas by territories: what a flag counts is what its address lists."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from dashboard.context import Context, route
from dashboard.pages.projects.progress_and_indicators import match_groups
from dashboard.pages.projects.sight import FLAGS, matrix
from dashboard.registry import PANELS
from dashboard.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config


@pytest.fixture(scope="module")
def page(deployed: Config, data: ReleaseData) -> Callable[..., Context]:
    return lambda path, query="": Context(
        deployed, data, Selection.read(path, query), route(data, path)
    )


def test_every_flag_opens_as_many_rows_as_it_counts(page: Callable[..., Context]) -> None:
    seen = set()
    for line in matrix(page("/progetti")):
        for cell in line.cells:
            for flag in cell.flags:
                address = urlsplit(flag.address)
                assert (address.path, address.fragment) == ("/progetti", "panel-together")
                groups = match_groups(page(address.path, address.query))
                (rows,) = (group.matches for group in groups if group.name == flag.name)
                assert len(rows) == flag.count > 0
                seen.add(flag.name)
    assert seen
    assert seen <= set(FLAGS)


def test_the_signs_of_a_cell_are_those_of_the_store(
    page: Callable[..., Context], data: ReleaseData
) -> None:
    rows = data.store.sql("select indicator, territory, direction from status").to_pylist()
    lines = matrix(page("/progetti"))
    assert len(lines) == len(data.catalog.areas)
    for area, line in zip(data.catalog.areas, lines, strict=True):
        assert [cell.place for cell in line.cells] == [z.short for z in data.catalog.zones]
        for zone, cell in zip(data.catalog.zones, line.cells, strict=True):
            drawn = [
                row["direction"]
                for row in rows
                if row["territory"] == zone.territory
                and data.catalog.indicators[row["indicator"]].area == area.id
                and (series := data.aggregate(row["indicator"], zone.territory))
                and data.is_current(series)
            ]
            assert dict(cell.signs) == {
                sign: drawn.count(sign) for sign in ("better", "stable", "worse") if sign in drawn
            }


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_panel_shows_every_flag_in_words(page: Callable[..., Context], language: str) -> None:
    context = page("/progetti", f"lang={language}")
    html = unescape(str(PANELS["sight"](context).to_plotly_json()["props"]["html"]))
    flags = [flag for line in matrix(context) for cell in line.cells for flag in cell.flags]
    assert re.findall(r'data-flag="(\w+)"', html) == [flag.name for flag in flags]
    for flag in flags:
        assert context.text(f"sight.{flag.name}", n=flag.count) in html
