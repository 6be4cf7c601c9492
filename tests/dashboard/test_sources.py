"""The author of a figure that its dataset only gathers is stated wherever the figure is."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from dashboard.export.tables import csv, describe, xlsx
from etl.cli.console import ConsoleReporter
from etl.docs.indicators import page as documentation
from tests.dashboard.test_pages import draw

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

PRODUCERS = {
    "photovoltaic_density_2013": "GSE (Atlasole)",
    "hazardous_plants_2015": "Ministero dell'ambiente",
    "income_inequality_2012": "Atlante PRIN Postmetropoli su dati MEF",
    "digital_divide": "Agenzia per la coesione territoriale su dati MISE",
    "railway_station": "Istat e Agenzia per la coesione territoriale su dati Trenitalia",
}
GATHERED = "Presidenza del Consiglio dei ministri, DIPE, Urban Index"


def test_every_figure_of_the_urban_index_has_a_source_of_its_own(data: ReleaseData) -> None:
    variables = data.catalog.datasets["urban_index"].variables
    assert [name for name, variable in variables.items() if variable.source is None] == []


@pytest.mark.parametrize("name", PRODUCERS)
def test_who_made_it_comes_before_who_publishes_it(
    deployed: Config, data: ReleaseData, name: str
) -> None:
    indicator = data.catalog.indicators[name]
    attribution = f"{PRODUCERS[name]}; {GATHERED}"
    assert attribution in draw(deployed, data, f"/indicatori/{name}")
    assert attribution in csv(data, indicator, "int", "it")
    assert describe(data, indicator)["sources"][0]["attribution"]["it"] == attribution
    book = load_workbook(BytesIO(xlsx(data, indicator, "it")))
    assert any(attribution in str(cell.value) for row in book.worksheets[1] for cell in row)


def test_the_pages_of_documentation_name_it_too(data: ReleaseData) -> None:
    text = documentation(data.catalog, data.store, ConsoleReporter("it"))
    for name, source in PRODUCERS.items():
        entry = text.split(f"/{name}.yaml`")[0].rsplit("### ", 1)[1]
        assert f"{source}, Presidenza del Consiglio dei ministri, DIPE" in entry


def test_a_dataset_of_one_maker_is_cited_as_it_was(data: ReleaseData) -> None:
    catalog = data.catalog
    (first, *_) = catalog.citations(catalog.indicators["mean_taxable_income"])
    assert first.producers == ()
    assert first.attribution("it") == first.dataset.attribution.it
