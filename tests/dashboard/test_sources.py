"""Who made a figure that its dataset only gathers is told wherever the figure is."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from dashboard.export.tables import csv, describe, xlsx
from etl.cli.console import Report
from etl.docs.indicators import page as documentation
from tests.dashboard.test_pages import draw

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

OWN = {
    "photovoltaic_density_2013": "GSE (Atlasole)",
    "hazardous_plants_2015": "Ministero dell'ambiente",
    "income_inequality_2012": "Atlante PRIN Postmetropoli su dati MEF",
    "digital_divide": "Agenzia per la coesione territoriale su dati MISE",
    "railway_station": "Istat e Agenzia per la coesione territoriale su dati Trenitalia",
}
GATHERED = "Presidenza del Consiglio dei ministri, DIPE, Urban Index"


def test_every_figure_of_the_urban_index_has_a_source_of_its_own(facts: ReleaseData) -> None:
    variables = facts.catalog.datasets["urban_index"].variables
    assert [name for name, variable in variables.items() if variable.source is None] == []


@pytest.mark.parametrize("name", OWN)
def test_who_made_it_comes_before_who_publishes_it(
    deployed: Config, facts: ReleaseData, name: str
) -> None:
    indicator = facts.catalog.indicators[name]
    said = f"{OWN[name]}; {GATHERED}"
    assert said in draw(deployed, facts, f"/indicatori/{name}")
    assert said in csv(facts, indicator, "int", "it")
    assert describe(facts, indicator)["sources"][0]["attribution"]["it"] == said
    book = load_workbook(BytesIO(xlsx(facts, indicator, "it")))
    assert any(said in str(cell.value) for row in book.worksheets[1] for cell in row)


def test_the_pages_of_documentation_name_it_too(facts: ReleaseData) -> None:
    text = documentation(facts.catalog, facts.store, Report("it"))
    for name, source in OWN.items():
        entry = text.split(f"/{name}.yaml`")[0].rsplit("### ", 1)[1]
        assert f"{source}, Presidenza del Consiglio dei ministri, DIPE" in entry


def test_a_dataset_of_one_maker_is_cited_as_it_was(facts: ReleaseData) -> None:
    catalog = facts.catalog
    (first, *_) = catalog.citations(catalog.indicators["mean_taxable_income"])
    assert first.producers == ()
    assert first.attribution("it") == first.dataset.attribution.it
