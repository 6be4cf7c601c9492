"""A release made of workbooks that fill only what is required: no page shows what is not there."""

from __future__ import annotations

import re
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.decks.ready import FIRST_DECK
from dashboard.pages.shell.search import Search
from dashboard.release_data import ReleaseData
from dashboard.selection import Selection
from dashboard.views import VIEWS
from etl.workbook.schema import workbook
from etl.workbook.writer import template
from tests.dashboard.test_pages import draw
from tests.support.deployment import PROJECT as ROOT
from tests.support.deployment import deploy
from tests.support.in_process import call
from tests.support.workbooks import LISTS
from warehouse.config import Config, read_config
from warehouse.declarations.loader import read_catalog
from warehouse.query.releases import Releases
from warehouse.release.publish import list_releases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from etl.workbook.schema import Column

    Row = dict[str, Any]

PROJECTS = ("piazza-verde", "parco")
TEXTS = {"title_it": "Piazza verde", "name": "Ufficio parchi", "text_it": "Più panchine."}
OF_KIND: dict[str, object] = {
    "text": "testo", "code": "m1", "name": "benches", "whole": 0, "number": 3, "euro": 1000,
    "share": 1, "period": "2025", "cig": "DEMO000001", "link": "https://www.example.org",
}  # fmt: skip
MARKS = {"it": "dati dimostrativi", "en": "demonstration data"}
# The agendas of the zones, which ship, are invented; the glossary explains the mark.
WITH_MARKS = {"plan", "territory", "glossary"}


# Series that no source has yet and a workbook may bring: numerators by period, of two places.
UNUSUAL: dict[str, dict[str, float]] = {
    "once": {"2025": 3},
    "without_denominator": {"2023": 0, "2024": 0},
    "below_zero": {"2022": -1, "2023": -2, "2024": -4, "2025": -8},
    "days": {f"2026-06-{day:02}": day for day in range(1, 29)},
    "quarters": {"2024-Q1": 1, "2024-Q3": 2, "2025-Q1": 4},
    "enormous": {"2023": 1e15, "2024": 1e15 + 1},
}
QUERIES = ("", "lang=en&map=zone", "chart=years&territory=nord-milano", "period=2024&since=2023")


def required(name: str, **given: object) -> dict[str, list[Row]]:
    """Return one row per sheet of a workbook with values in the needed columns only."""
    return {
        sheet_name: [
            {
                column_name: given.get(column_name, _value(column_name, column))
                for column_name, column in sheet.columns.items()
                if column.needed
            }
        ]
        for sheet_name, sheet in workbook(name).sheets.items()
    }


def _value(name: str, column: Column) -> object:
    if column.choices:
        return next(iter(column.choices))
    if column.from_list:
        return next(iter(LISTS[column.from_list]))
    if column.kind == "day":
        return date(2026, 6, 30) if "end" in name or name != "baseline_start" else date(2025, 1, 1)
    return TEXTS.get(name, OF_KIND.get(column.kind, "x"))


def unusual_values(name: str, figures: dict[str, float]) -> list[Row]:
    """Return the rows of a series of `UNUSUAL`; the second place has one more than the first."""
    return [
        {"indicator": name, "territory": place, "period": period, "numerator": number + n}
        | ({"numerator": 0, "denominator": 0} if name == "without_denominator" else {})
        for n, place in enumerate(list(LISTS["municipalities"])[:2])
        for period, number in figures.items()
    ]


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """A deployment with the two workbooks loaded and published."""
    folder = tmp_path_factory.mktemp("required")
    shutil.copytree(ROOT / "warehouse" / "catalog", folder / "catalog")
    config = deploy(folder, catalog=str(folder / "catalog"))
    rows: dict[str, list[Row]] = {}
    for project, level in zip(PROJECTS, ("strategic", "operational"), strict=True):
        given = {"project": project, "level": level, "contribution": f"c-{project}"}
        given |= {"actor": "Ufficio parchi"}
        for sheet, added in required("projects", **given).items():
            rows.setdefault(sheet, []).extend(added)
    place = next(iter(LISTS["municipalities"]))
    series = required("indicators", territory=place, aggregate="sum")
    for name, figures in UNUSUAL.items():
        aggregate = "ratio" if name == "without_denominator" else "sum"
        series["indicators"] += required("indicators", indicator=name, aggregate=aggregate)[
            "indicators"
        ]
        series["values"] += unusual_values(name, figures)
    books = {"projects": rows, "indicators": series}
    for name, sheets in books.items():
        (folder / f"{name}.xlsx").write_bytes(template(workbook(name), LISTS, "it", sheets))
        done = call(config, "etl", "load", str(folder / f"{name}.xlsx"))
        assert "Rilievi: 0." in " ".join(done.stdout.split()), done.stdout
    done = call(config, "etl", "refresh", "--publish")
    assert done.returncode == 0, done.stdout
    return read_config(config)


@pytest.fixture(scope="module")
def data(deployed: Config) -> ReleaseData:
    """What the pages read of it."""
    catalog = read_catalog(deployed.catalog)
    return ReleaseData(catalog, Releases(deployed).open(), lambda: list_releases(deployed))


def addresses(data: ReleaseData) -> Iterator[tuple[str, str]]:
    """Yield each page with its name; those with variables for what the workbooks have."""
    place = next(iter(LISTS["municipalities"]))
    fields = {
        "area": [node.id for node in data.catalog.areas],
        "indicator": ["benches"],
        "territory": [data.catalog.metro.territory, data.catalog.zones[0].territory, place],
        "project": list(PROJECTS),
        "actor": ["ufficio-parchi"],
        "deck": [FIRST_DECK],
    }
    for view in VIEWS:
        variable = re.search(r"\{(\w+)\}", view.path)
        if variable is None:
            yield view.name, view.path
        else:
            for value in fields[variable[1]]:
                yield view.name, view.path.replace(variable[0], value)


@pytest.mark.parametrize("lang", ["it", "en"])
def test_no_page_shows_what_is_not_there_nor_calls_it_invented(
    deployed: Config, data: ReleaseData, lang: str
) -> None:
    walked = 0
    for name, path in addresses(data):
        for query in ("", "level=operational", "at=2026-06-01") if "progetti" in path else ("",):
            text = draw(deployed, data, path, f"lang={lang}&{query}")
            shown = re.sub(r"<[^>]+>", " ", text)
            assert not re.findall(r".{60}\b(?:None(?!\.)|nan|NaT)\b.{20}", shown), path
            if name not in WITH_MARKS:
                assert MARKS[lang] not in text.casefold(), path
            walked += 1
    assert walked > 20


def test_a_title_without_its_english_is_found_and_shown_in_italian(
    deployed: Config, data: ReleaseData
) -> None:
    answer = Search(data, "en", "it").answer("piazza verde", Selection.read("/", "lang=en"))
    labels = [item["label"] for group in answer["groups"] for item in group["items"]]
    assert labels.count("Piazza verde") == len(PROJECTS)
    assert "Piazza verde" in draw(deployed, data, "/progetti/piazza-verde", "lang=en")


def test_what_ships_is_still_marked(deployment: Path) -> None:
    config = read_config(deployment)
    catalog = read_catalog(config.catalog)
    shipped = ReleaseData(catalog, Releases(config).open(), lambda: list_releases(config))
    assert len(shipped.invented_projects) == len(shipped.rows("plan_projects"))
    for path in ("/progetti", "/progetti/rischi", "/attori", "/progetti/remix", "/"):
        assert MARKS["it"] in draw(config, shipped, path), path


@pytest.mark.parametrize("name", UNUSUAL)
def test_no_panel_fails_on_a_series_that_a_workbook_may_bring(
    deployed: Config, data: ReleaseData, name: str
) -> None:
    for query in QUERIES:
        shown = re.sub(r"<[^>]+>", " ", draw(deployed, data, f"/indicatori/{name}", query))
        assert not re.findall(r"\b(?:None|nan|inf|NaT)\b", shown), query
    draw(deployed, data, "/confronta", f"territory=nord-milano&indicators={name},ageing_index")


def test_periods_of_two_lengths_are_drawn_where_a_person_accepted_them(
    deployed: Config, data: ReleaseData
) -> None:
    folder = deployed.data.parent
    config = folder / "config.yaml"
    indicator = required("indicators", aggregate="sum", indicator="mixed")["indicators"]
    place = next(iter(LISTS["municipalities"]))
    for name, periods in (("m", ["2022", "2024"]), ("n", ["2023-01-01", "2024-06-30"])):
        values = [
            {"indicator": "mixed", "territory": place, "period": period, "numerator": number}
            for number, period in enumerate(periods, start=1)
        ]
        sheets = {"indicators": indicator, "values": values}
        file = folder / f"indicators-{name}.xlsx"
        file.write_bytes(template(workbook("indicators"), LISTS, "it", sheets))
        assert call(config, "etl", "load", str(file)).returncode == 0
    assert "one_grain" in call(config, "etl", "refresh").stdout
    because = ("--accept", "one_grain", "--because", "to see the pages")
    assert call(config, "etl", "publish", *because).returncode == 0
    catalog = read_catalog(deployed.catalog)
    mixed = ReleaseData(catalog, Releases(deployed).open(), lambda: list_releases(deployed))
    assert mixed.store.release != data.store.release
    for query in ("", f"territory={place}", "chart=years&period=2024-06-30", "lang=en"):
        draw(deployed, mixed, "/indicatori/mixed", query)
