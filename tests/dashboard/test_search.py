"""Search: what a question finds first, and how answers are grouped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.pages.shell.ranking import Entry, Ranking, compact, fold
from dashboard.pages.shell.search import MOST_PER_KIND, Search
from dashboard.proper_names import plain_title
from dashboard.selection import Selection
from warehouse.messages import texts

if TYPE_CHECKING:
    from typing import Any

    from dashboard.release_data import ReleaseData

ENTRIES = (
    Entry("indicator", "Reddito imponibile medio per contribuente", "/income", "Sviluppo"),
    Entry("indicator", "Reddito imponibile per abitante", "/income-per-head", "Sviluppo"),
    Entry("indicator", "Addizionale comunale media", "/surtax", "Sviluppo"),
    Entry("indicator", "Raccolta differenziata dei rifiuti urbani", "/separate", "Ambiente"),
    Entry("indicator", "Costo dei rifiuti urbani per tonnellata", "/waste-cost", "Ambiente"),
    Entry(
        "indicator", "Prezzo medio delle abitazioni", "/house-price", "Welfare",
        ("Prezzo medio delle case",),
    ),
    Entry("indicator", "Abitazioni non occupate", "/empty-homes", "Welfare"),
    Entry("indicator", "PM2,5, media annua", "/pm25", "Ambiente", codes=("pm25",)),
    Entry("indicator", "Posti nei nidi e servizi per bambini da 0 a 2 anni", "/nursery"),
    Entry("indicator", "Residenti vicini a una stazione", "/station", "Mobilità"),
    Entry("indicator", "Tasso di disoccupazione", "/unemployment", "Sviluppo"),
    Entry("indicator", "Popolazione residente", "/population", "Welfare"),
    Entry("indicator", "Spostamenti verso Milano", "/to-milano", "Mobilità"),
    Entry("indicator", "Affluenza alle elezioni europee", "/turnout", "Europa"),
    Entry("territory", "Città metropolitana di Milano", "/cm-milano", codes=("cm-milano",)),
    Entry("territory", "Nord Milano", "/nord-milano", "Zona omogenea", codes=("nord-milano",)),
    Entry("territory", "Milano", "/015146", "Comune", codes=("015146",)),
    Entry("territory", "Cassina de' Pecchi", "/015060", "Comune", codes=("015060",)),
    Entry("territory", "Sesto San Giovanni", "/015209", "Comune", codes=("015209",)),
    Entry("territory", "Rho", "/015182", "Comune", codes=("015182",)),
    Entry("territory", "Cornaredo", "/015087", "Comune", codes=("015087",)),
    Entry("project", "Per una mobilità sostenibile", "/sustainable-mobility"),
    Entry("project", "Milano metropolitana e l’Europa", "/europe"),
    Entry("area", "Infrastrutture e sistemi di mobilità", "/mobility"),
    Entry("page", "Opere finanziate", "/works"),
    Entry("page", "Modalità riunione", "/meeting"),
    Entry("actor", "Comune di Milano", "/comune-di-milano"),
    Entry(
        "work", "Abilitazione al cloud dei Comuni di Milano", "/cloud",
        codes=("C71C22000290006", "PA-2022-17"), by_code_only=True,
    ),
)  # fmt: skip

QUESTIONS = {
    # exact titles and codes, whatever the accents, apostrophes, capitals and blanks
    "milano": "/015146",
    "MILANO": "/015146",
    "Nord Milano": "/nord-milano",
    "rho": "/015182",
    "Cassina de’ Pecchi": "/015060",
    "cassina de pecchi": "/015060",
    "CASSINA DE' PECCHI": "/015060",
    "015146": "/015146",
    "opere finanziate": "/works",
    "prezzo medio delle case": "/house-price",
    "tasso di disoccupazione": "/unemployment",
    "C71C22000290006": "/cloud",
    "c71 c22 0002 90006": "/cloud",
    "C71C22-000290006": "/cloud",
    "pa 2022 17": "/cloud",
    "pm2.5": "/pm25",
    # the beginning of a title, then of a code
    "reddito imponibile m": "/income",
    "raccolta": "/separate",
    "pop": "/population",
    "citta": "/cm-milano",
    "C71C22": "/cloud",
    "01518": "/015182",
    # words in any order, whole or begun
    "medio imponibile": "/income",
    "mobilità": "/sustainable-mobility",
    "mobilita sistemi": "/mobility",
    "giovanni sesto": "/015209",
    "rifiuti costo": "/waste-cost",
    "il costo dei rifiuti": "/waste-cost",
    "riunione": "/meeting",
    "zona nord": "/nord-milano",
    "verso milano": "/to-milano",
    # synonyms
    "IRPEF": "/income-per-head",
    "case": "/house-price",
    "asilo": "/nursery",
    "asili nido": "/nursery",
    "spazzatura": "/waste-cost",
    "treno": "/station",
    "lavoro": "/unemployment",
    "voto": "/turnout",
    "smog": "/pm25",
    # typing errors
    "redito imponibile": "/income-per-head",
    "popolzione": "/population",
    "disocupazione": "/unemployment",
    "cornaredno": "/015087",
    "sesto san giovani": "/015209",
    "mobiltà": "/sustainable-mobility",
    "cassnia": "/015060",
    "racolta diferenziata": "/separate",
}


@pytest.fixture(scope="module")
def ranking() -> Ranking:
    words = texts("search")
    return Ranking(ENTRIES, words["synonyms"]["it"], words["ignored"]["it"])


@pytest.mark.parametrize(("question", "path"), QUESTIONS.items(), ids=QUESTIONS)
def test_a_question_finds_its_answer_first(ranking: Ranking, question: str, path: str) -> None:
    assert [entry.path for entry in ranking.search(question)][:1] == [path]


@pytest.mark.parametrize("question", ["", "  ", "’", "qwxz", "milano qwxz", "C71"])
def test_a_question_without_an_answer_finds_nothing(ranking: Ranking, question: str) -> None:
    assert ranking.search(question) == []


def test_titles_come_before_words_and_words_before_notes(ranking: Ranking) -> None:
    paths = [entry.path for entry in ranking.search("milano")]
    assert paths[:2] == ["/015146", "/europe"]  # the title itself, then one that begins with it
    assert paths.index("/to-milano") < len(paths)
    assert "/cloud" not in paths  # a work is found by its code alone
    notes = [entry.path for entry in ranking.search("comune")]
    assert notes[0] == "/comune-di-milano"
    assert "/015182" in notes


def test_words_that_say_nothing_are_not_required(ranking: Ranking) -> None:
    assert ranking.search("la raccolta di rifiuti") == ranking.search("raccolta rifiuti")
    assert ranking.search("di")  # alone it is a question all the same


def test_texts_are_compared_without_accents_apostrophes_and_capitals() -> None:
    assert fold("Città dell’Acqua,  PM2,5") == "citta dell acqua pm2 5"
    assert compact(" C71 c22-0002 ") == "c71c220002"


@pytest.fixture(scope="module")
def search(data: ReleaseData) -> Search:
    return Search(data, "it", "it")


def labels(answer: dict[str, Any]) -> dict[str, list[str]]:
    return {g["label"]: [item["label"] for item in g["items"]] for g in answer["groups"]}


def test_answers_are_grouped_and_the_group_of_the_best_one_is_first(search: Search) -> None:
    groups = labels(search.answer("milano", Selection()))
    assert next(iter(groups)) == "Territori"
    assert groups["Territori"][0] == "Milano"
    assert {"Indicatori", "Progetti", "Attori"} <= groups.keys()
    assert all(len(items) <= MOST_PER_KIND for items in groups.values())


def test_every_indicator_territory_and_project_is_found_by_its_title(
    search: Search, data: ReleaseData
) -> None:
    titles = [indicator.title.it for indicator in data.indicators]
    titles += [place.name for places in data.municipalities.values() for place in places]
    titles += [row["title_it"] for row in data.rows("plan_projects")]
    for title in titles:
        groups = labels(search.answer(title, Selection()))
        assert title in [label for group in groups.values() for label in group], title


def test_addresses_keep_language_theme_and_release(data: ReleaseData) -> None:
    search = Search(data, "en", "it")
    selection = Selection(lang="en", theme="dark", release="r1", period="2020")
    (group,) = search.answer("015146", selection)["groups"]
    assert group["label"] == "Territories"
    assert group["items"] == [
        {
            "label": "Milano",
            "note": "Municipality and homogeneous zone",
            "address": "/territori/milano?lang=en&theme=dark&release=r1",
        }
    ]


def test_a_funded_work_is_found_by_its_cup_and_the_others_by_their_text(search: Search) -> None:
    cloud = search.answer("C71 C22 0002 90006", Selection())
    assert [item["address"] for g in cloud["groups"] for item in g["items"]] == [
        "/progetti/cup-c71c22000290006"
    ]
    assert cloud["message"] == "1 risultato"
    school = search.answer("scuola", Selection())["groups"][-1]["items"][0]
    assert school["label"] == "Cerca «scuola» fra le opere finanziate"
    assert school["address"] == "/progetti/opere?text=scuola"
    assert search.answer("qwxz", Selection()) == {"message": "Nessun risultato", "groups": []}


def test_a_work_is_found_with_the_title_of_its_page(search: Search, data: ReleaseData) -> None:
    rows = [row for row in data.rows("work_codes") if "NAVIGLIO" in row["title"] and row["cup"]]
    group = search.answer(rows[0]["cup"], Selection())["groups"][0]
    assert group["items"][0]["label"] == plain_title(data, rows[0]["title"])
    assert not group["items"][0]["label"].isupper()
