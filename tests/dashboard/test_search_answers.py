"""What readers ask, and the address that the search of the shipped release answers first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.pages.shell.entries import PAGES
from dashboard.pages.shell.search import Search
from dashboard.selection import Selection
from warehouse.messages import texts

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from dashboard.selection import Language

ITALIAN = {
    # accents, Word's apostrophe, capitals, word order
    "mobilità": "/progetti/mobilita-sostenibile",
    "MOBILITA": "/progetti/mobilita-sostenibile",
    "sistemi di mobilità": "/ambiti/mobility",
    "Cassina de’ Pecchi": "/territori/015060",
    "cassina de pecchi": "/territori/015060",
    "giuliano san milanese": "/territori/015195",
    "medio imponibile": "/indicatori/mean_taxable_income",
    "stradali incidenti": "/indicatori/city_road_accidents",
    # territories by name and by code, also as a spreadsheet writes it
    "milano": "/territori/milano",
    "015146": "/territori/milano",
    "15146": "/territori/milano",
    "nord milano": "/territori/nord-milano",
    "città metropolitana": "/territori/cm-milano",
    "martesana adda": "/territori/adda-martesana",
    # areas
    "ambiente": "/ambiti/environment",
    "welfare": "/ambiti/welfare",
    "digitalizzazione": "/ambiti/digital",
    # words of readers, plural for singular
    "IRPEF": "/indicatori/taxable_income_per_inhabitant",
    "case": "/indicatori/mean_house_price",
    "prezzi delle case": "/indicatori/mean_house_price",
    "affitti": "/indicatori/mean_rent",
    "rifiuti": "/indicatori/municipal_waste_per_capita",
    "differenziata": "/indicatori/separate_waste_collection",
    "redditi": "/indicatori/mean_taxable_income",
    "tasse": "/indicatori/net_tax_on_income",
    "lavoro": "/indicatori/employment_rate_metro",
    "disoccupazione": "/indicatori/unemployment_rate_metro",
    "abitanti": "/indicatori/resident_population",
    "anziani": "/indicatori/elderly_share",
    "asilo nido": "/indicatori/children_in_municipal_nurseries",
    "treni": "/indicatori/railway_station",
    "bus": "/indicatori/public_transport_commuting",
    "verde": "/indicatori/urban_green_2012",
    "furti": "/indicatori/crimes_reported",
    "fibra ottica": "/indicatori/fibre_households",
    # indicators whose data are not loaded: the page that names them
    "polveri": "/dati#dataset-air_quality",
    "pm 2.5": "/dati#dataset-air_quality",
    "qualità dell’aria": "/dati#dataset-air_quality",
    "università": "/dati#dataset-university_students",
    "piste ciclabili": "/dati#dataset-cycle_paths",
    # funded works by CUP, actors
    "C71C22000290006": "/progetti/cup-c71c22000290006",
    "c71 c22 0002 90006": "/progetti/cup-c71c22000290006",
    "CUP": "/glossario#term-cup",
    "lombardia regione": "/attori/regione-lombardia",
    "comune di milano": "/attori/comune-di-milano",
    # pages
    "presentazioni": "/presentazioni",
    "novità": "/novita",
    "cosa è cambiato": "/novita",
    "confronto": "/confronta",
    "rischi": "/progetti/rischi",
    "progetti in ritardo": "/progetti/rischi",
    "riunione": "/presenta/presentazioni/piano",
    "segni": "/segni",
    "comuni": "/territori",
    "scarica i dati": "/dati",
    "api": "/docs",
    # typing errors
    "popolzione": "/indicatori/resident_population",
    "racolta diferenziata": "/indicatori/separate_waste_collection",
    "cassnia": "/territori/015060",
    "indice di vechiaia": "/indicatori/ageing_index",
}
ENGLISH = {
    "mobility": "/progetti/mobilita-sostenibile",
    "population": "/indicatori/resident_population",
    "income": "/indicatori/mean_taxable_income",
    "income taxable mean": "/indicatori/mean_taxable_income",
    "house prices": "/indicatori/mean_house_price",
    "waste": "/indicatori/municipal_waste_per_capita",
    "recycling": "/indicatori/separate_waste_collection",
    "recyling": "/indicatori/separate_waste_collection",
    "air quality": "/dati#dataset-air_quality",
    "unemployment": "/indicatori/unemployment_rate_metro",
    "trains": "/indicatori/railway_station",
    "crime": "/indicatori/crimes_reported",
    "older people": "/indicatori/elderly_share",
    "Milan": "/territori/milano",
    "metropolitan city": "/territori/cm-milano",
    "risks": "/progetti/rischi",
    "presentations": "/presentazioni",
    "what’s new": "/novita",
    "compare": "/confronta",
    "municipalities": "/territori",
}


@pytest.fixture(scope="module")
def searches(data: ReleaseData) -> dict[Language, Search]:
    return {"it": Search(data, "it", "it"), "en": Search(data, "en", "en")}


def _first(search: Search, language: Language, question: str) -> str | None:
    groups = search.answer(question, Selection(lang=language))["groups"]
    return groups[0]["items"][0]["address"] if groups else None


@pytest.mark.parametrize(("question", "address"), ITALIAN.items(), ids=ITALIAN)
def test_a_question_in_italian(
    searches: dict[Language, Search], question: str, address: str
) -> None:
    assert _first(searches["it"], "it", question) == address


@pytest.mark.parametrize(("question", "address"), ENGLISH.items(), ids=ENGLISH)
def test_a_question_in_english(
    searches: dict[Language, Search], question: str, address: str
) -> None:
    assert _first(searches["en"], "en", question) == address


def test_every_page_is_found_by_each_of_its_names(searches: dict[Language, Search]) -> None:
    pages = {path for _, path in PAGES}
    for language, search in searches.items():
        for path, names in texts("search")["names"][language].items():
            for name in names if path in pages else ():
                assert _first(search, language, name) == path, name


def test_names_are_of_addresses_that_exist(data: ReleaseData) -> None:
    indicators = {f"/indicatori/{name}" for name in data.catalog.indicators}
    for language in ("it", "en"):
        names = texts("search")["names"][language]
        assert names.keys() <= indicators | {path for _, path in PAGES}


def test_every_declared_indicator_is_found_with_or_without_data(
    searches: dict[Language, Search], data: ReleaseData
) -> None:
    loaded = {indicator.id for indicator in data.indicators}
    assert 0 < len(loaded) < len(data.catalog.indicators)
    for indicator in data.catalog.indicators.values():
        groups = searches["en"].answer(indicator.title.en, Selection(lang="en"))["groups"]
        items = [item for group in groups for item in group["items"]]
        item = next(item for item in items if item["label"] == indicator.title.en)
        if indicator.id in loaded:
            assert item["address"] == f"/indicatori/{indicator.id}"
        else:
            assert item["note"] == "no data in this release"
            assert item["address"].startswith("/dati#")
