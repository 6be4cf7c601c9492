"""Targets of the office in its workbook: declared, judged, shown, refused by cell, taken back."""

from __future__ import annotations

import json
from html import unescape
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from plotly.io.json import to_json_plotly
from typer.testing import CliRunner

from dashboard.release_data import ReleaseData
from dashboard.render import render
from dashboard.selection import Selection
from etl.__main__ import app
from etl.exit_codes import Exit
from etl.workbook.choices import lists
from etl.workbook.plan_targets import FILE
from etl.workbook.schema import workbook
from etl.workbook.writer import template
from tests.etl.workbook.test_local_indicators import BASE, benches, values
from tests.support.deployment import second_city
from warehouse.config import CONFIG_FILE, read_config
from warehouse.declarations.loader import read_catalog
from warehouse.errors import CatalogError
from warehouse.query.releases import Releases

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

Row = dict[str, Any]


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment with a catalogue folder of its own, which targets are added to."""
    monkeypatch.setenv(CONFIG_FILE, str(second_city(tmp_path / "city")))
    return tmp_path / "city"


def target(**changed: object) -> Row:
    """A target of the zone Riva, as its row, with what `changed` says."""
    row = {
        "indicator": "mean_wage", "territory": "riva", "kind": "at_least", "value": 2000,
        "period": "2030", "baseline": "2019", "in_force": "2021", "source_it": "Delibera 7",
        "source_en": "Resolution 7", **changed,
    }  # fmt: skip
    return {name: value for name, value in row.items() if value is not None}


def load(
    folder: Path,
    *targets: Row,
    lang: str = "it",
    name: str = "indicators.xlsx",
    more: dict[str, list[Row]] | None = None,
) -> Result:
    """Fill a workbook and load it."""
    rows = {"targets": list(targets), **(more or {})}
    book = template(workbook("indicators"), lists(BASE, lang), lang, rows)
    (folder / name).write_bytes(book)
    return CliRunner().invoke(app, ["load", str(folder / name)])


def declared(indicator: str = "mean_wage") -> list[Row]:
    """Return the targets of an indicator as the catalogue has them."""
    catalog = read_catalog(read_config().catalog)
    return [t.model_dump(exclude_none=True) for t in catalog.indicators[indicator].targets]


def test_targets_of_a_zone_and_a_project_are_judged_and_shown_with_their_act(city: Path) -> None:
    of_project = target(territory=None, project="fountains", kind="between", high=1900, value=1500)
    later = target(territory="colli", in_force="2027", address="www.esempio.it/delibera-7")
    done = load(city, target(), of_project, later)
    assert done.exit_code == Exit.DONE, done.output
    assert "Obiettivi 3" in done.output
    done = CliRunner().invoke(app, ["refresh", "--from", str(city / "files"), "--publish"])
    assert done.exit_code == Exit.DONE, done.output
    config = read_config()
    store = Releases(config).open()
    data = ReleaseData(read_catalog(config.catalog), store, tuple)
    riva, colli, metro = (data.standings("mean_wage", p) for p in ("riva", "colli", "cm-valdoro"))
    assert [s.target for s in riva] == ["1", "2"]
    (own, shared) = riva
    assert own.distance == pytest.approx(own.value - 2000)
    assert own.sign is not None
    assert (shared.sign, shared.reason) == (None, "scope")  # a project's binds no territory
    assert {s.target: s.reason for s in colli} == {"2": "scope", "3": "not_in_force"}
    assert [s.target for s in metro] == ["2"]

    def drawn(address: str, query: str) -> str:
        panels, _, _ = render(config, data, Selection.read(address, query))
        return unescape(json.dumps(json.loads(to_json_plotly(panels)), ensure_ascii=False))

    of_zone = drawn("/indicatori/mean_wage", "territory=riva")
    assert "Obiettivo del Piano, Riva, al 2030: almeno 2.000" in of_zone
    assert "(in vigore dal 2021)" in of_zone
    assert "Delibera 7" in of_zone
    assert "Obiettivo del Piano, Riva" not in drawn("/indicatori/mean_wage", "")
    english = drawn("/indicatori/mean_wage", "territory=colli&lang=en")
    assert "The plan's target, Colli, for 2030: at least 2,000" in english
    assert "https://www.esempio.it/delibera-7" in english
    assert "before it was in force" in english
    assert "fra 1.500 e 1.900" in drawn("/progetti/fountains", "")


@pytest.mark.parametrize(
    ("changed", "cell", "words"),
    [
        ({"indicator": "no_such"}, "A3 (Indicatore", "no_such"),
        ({"territory": "Milano"}, "B3 (Territorio", "Milano"),
        ({"kind": "circa"}, "E3 (Verso", "circa"),
        ({"kind": "between"}, "G3 (Valore più alto", "per una fascia"),
        ({"high": 3000}, "G3 (Valore più alto", "per una fascia"),
        ({"indicator": "paved_roads", "value": 130}, "F3 (Valore", "fuori da ciò"),
        ({"baseline": "2031"}, "I3 (Partenza", "non viene prima"),
        ({"period": "presto"}, "H3 (Entro", "presto"),
        ({"address": "javascript:alert(1)"}, "N3 (Dove si legge", "javascript"),
        ({"in_force": None}, "K3 (In vigore dal", ""),
    ],
    ids=str,
)
def test_a_wrong_cell_leaves_its_target_out_and_the_others_stay(
    city: Path, changed: Row, cell: str, words: str
) -> None:
    done = load(city, target(**changed), target(territory="colli"))
    assert done.exit_code == Exit.DONE, done.output
    output = " ".join(done.output.split())
    assert f"Obiettivi!{cell}" in output
    assert words in output
    assert [t["territory"] for t in declared()] == ["colli"]


def test_a_target_of_a_local_indicator_and_of_its_own_workbook(city: Path) -> None:
    rows = {"indicators": [benches()], "values": values()}
    done = load(city, target(indicator="benches", value=50, baseline=None), more=rows)
    assert done.exit_code == Exit.DONE, done.output
    (own,) = declared("benches")
    assert (own["value"], own["scope"], own["grade"]) == (50, "territory", "A")
    done = load(city, target(indicator="Panchine", value=60), lang="en", more=rows)
    assert declared("benches")[0]["value"] == 60, done.output


def test_a_workbook_from_before_the_sheet_is_read_and_its_targets_go_with_it(city: Path) -> None:
    load(city, target(), more={"indicators": [benches()], "values": values()})
    book = openpyxl.load_workbook(city / "indicators.xlsx")
    del book["Obiettivi"]
    book.save(city / "indicators.xlsx")
    done = CliRunner().invoke(app, ["load", str(city / "indicators.xlsx")])
    assert done.exit_code == Exit.DONE, done.output
    assert declared() == []
    assert not (read_config().catalog / FILE).exists()


def test_two_workbooks_that_disagree_are_reported_and_unloading_takes_targets_back(
    city: Path,
) -> None:
    load(city, target())
    done = load(city, target(value=2100), target(period="2035"), name="indicators-b.xlsx")
    assert "indicators.xlsx" in done.output
    assert [(t["value"], t["period"]) for t in declared()] == [(2000, "2030"), (2000, "2035")]
    done = CliRunner().invoke(app, ["unload", "indicators.xlsx"])
    assert done.exit_code == Exit.DONE, done.output
    assert [t["value"] for t in declared()] == [2100, 2000]


def test_a_file_of_targets_with_an_unknown_indicator_is_named(city: Path) -> None:
    load(city, target())
    path = read_config().catalog / FILE
    path.write_text(path.read_text("utf-8").replace("mean_wage", "median_wage"), "utf-8")
    with pytest.raises(CatalogError, match="median_wage"):
        declared()
