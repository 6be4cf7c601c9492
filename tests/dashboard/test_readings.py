"""Readings of the office: read from Markdown, shown with their figures, marked when those moved."""

from __future__ import annotations

import json
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from plotly.io.json import to_json_plotly

from dashboard.release_data import ReleaseData
from dashboard.render import render
from dashboard.selection import Selection
from tests.support.deployment import second_city
from warehouse.config import Config, read_config
from warehouse.declarations.loader import Catalog, read_catalog
from warehouse.errors import CatalogError
from warehouse.query.releases import Releases

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """---
area: work
indicator: mean_wage
title: {{it: Le paghe di Riva, en: Wages in Riva}}
author: Ufficio studi
day: 2026-01-31
figures:
{figures}
---
"""
BODY = "A **Riva** <b>si</b> guadagna [di più](javascript:alert(1)).\n"


@pytest.fixture(scope="module")
def city(published_city: Path) -> Config:
    return read_config(published_city / "config.yaml")


@pytest.fixture(scope="module")
def wages(city: Config) -> dict[str, float]:
    """The mean wages of Riva by year."""
    rows = Releases(city).open().rows("indicator_levels", indicators=["mean_wage"], levels=["zone"])
    return {row["period"]: row["value"] for row in rows if row["territory"] == "riva"}


def text(*figures: tuple[str, float], place: str = "riva") -> str:
    """Return a reading that quotes wages by period and value."""
    lines = (
        f"  - {{indicator: mean_wage, territory: {place}, period: {period}, value: {value}}}"
        for period, value in figures
    )
    return HEAD.format(figures="\n".join(lines)) + BODY


def catalog(folder: Path, files: dict[str, str]) -> Catalog:
    """Return the second city's catalogue with some readings."""
    target = second_city(folder / "city").parent / "catalog"
    (target / "readings").mkdir()
    for name, content in files.items():
        (target / "readings" / name).write_text(content, encoding="utf-8")
    return read_catalog(target)


def page(city: Config, declared: Catalog, path: str, query: str = "") -> dict[str, Any]:
    """Return the properties of the panel of readings of a page."""
    data = ReleaseData(declared, Releases(city).open(), tuple)
    panels, _, _ = render(city, data, Selection.read(path, query))
    drawn = json.loads(to_json_plotly(panels))
    (panel,) = [p["props"] for p in drawn if p["props"].get("id") == "panel-readings"]
    return {**panel, "markup": panel["html"], "html": unescape(panel["html"])}


def test_a_reading_stands_with_its_figures_on_the_pages_of_its_subject(
    city: Config, wages: dict[str, float], tmp_path: Path
) -> None:
    last = max(wages)
    declared = catalog(tmp_path, {"wages.md": text((last, round(wages[last])))})
    for path in ("/indicatori/mean_wage", "/ambiti/work"):
        panel = page(city, declared, path)
        assert "none" not in panel["className"]
        assert "Le paghe di Riva" in panel["html"]
        assert "Ufficio studi, 31 gen 2026" in panel["html"]
        assert f"{wages[last]:,.0f}".replace(",", ".") in panel["html"]
        assert "<strong>Riva</strong>" in panel["html"]
        assert "<b>si</b>" not in panel["markup"]
        assert "&lt;b&gt;si&lt;/b&gt;" in panel["markup"]
        assert 'href="javascript' not in panel["html"]
        assert "stale" not in panel["html"]
    assert "none" in page(city, declared, "/indicatori/paved_roads")["className"]
    assert "none" in page(city, declared, "/territori/riva")["className"]


def test_a_reading_is_stale_where_a_figure_was_revised_or_a_later_one_came(
    city: Config, wages: dict[str, float], tmp_path: Path
) -> None:
    *_, before, last = sorted(wages)
    now = f"{wages[last]:,.0f}".replace(",", ".")
    other = round(wages[last]) + 7
    for name, figures, mark in (
        ("revised", [(last, other)], f"oggi {now}"),
        ("later", [(before, round(wages[before]))], f"poi {now}"),
        ("gone", [("1999", 5)], "oggi senza valore"),
    ):
        declared = catalog(tmp_path / name, {"wages.md": text(*figures)})
        html = page(city, declared, "/indicatori/mean_wage")["html"]
        assert "I dati sono cambiati" in html
        assert mark in html
    both = [(before, round(wages[before])), (last, round(wages[last]))]
    declared = catalog(tmp_path / "both", {"wages.md": text(*both)})  # a change, not an old reading
    assert "stale" not in page(city, declared, "/indicatori/mean_wage")["html"]


def test_the_english_text_is_in_a_second_file_and_the_italian_says_its_language(
    city: Config, wages: dict[str, float], tmp_path: Path
) -> None:
    reading = text((max(wages), round(wages[max(wages)])))
    italian = catalog(tmp_path / "it", {"wages.md": reading})
    assert 'lang="it"' in page(city, italian, "/ambiti/work", "lang=en")["html"]
    both = catalog(tmp_path / "en", {"wages.md": reading, "wages.en.md": "Riva earns more.\n"})
    html = page(city, both, "/ambiti/work", "lang=en")["html"]
    assert "Riva earns more." in html
    assert 'lang="it"' not in html


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Senza testata.\n", "wages.md"),
        (text(("2024", 1)).replace("area: work\nindicator: mean_wage\n", ""), "territory"),
        (text(("2024", 1)).replace("area: work", "area: astronomy"), "astronomy"),
        (text(("2024", 1)).replace("  - {indicator: mean_wage", "  - {indicator: wage"), "wage"),
        (text(("2024", 1), place="nowhere"), "nowhere"),
        (text(("2024", 1)).replace("day: 2026-01-31", "day: ieri"), "day"),
        (text(), "figures"),
    ],
    ids=["head", "subject", "area", "indicator", "place", "day", "figures"],
)
def test_the_message_names_the_file_and_the_fault(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(CatalogError, match=said) as error:
        catalog(tmp_path, {"wages.md": content})
    assert "wages.md" in str(error.value)


def test_the_readings_that_ship_quote_what_the_release_has(data: ReleaseData) -> None:
    assert data.catalog.readings
    for reading in data.catalog.readings:
        assert reading.demonstration
        for figure in reading.figures:
            line = data.series(figure.indicator, figure.territory)
            point = line.point(figure.period) if line else None
            decimals = data.catalog.indicators[figure.indicator].decimals
            assert point, figure
            assert round(point.value, decimals) == figure.value
            assert f"{figure.value}".replace(".", ",") in reading.text.it
            assert f"{figure.value}" in reading.text.en
