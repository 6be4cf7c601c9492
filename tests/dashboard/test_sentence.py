"""A title inside a sentence begins with a small letter, unless it begins with a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dashboard.context import Context, route
from dashboard.i18n import translations
from dashboard.narrative import indicator_title
from dashboard.proper_names import plain_title
from dashboard.selection import Selection
from dashboard.sentence import from_capitals, inside
from tests.support.specimens import CATALOG
from warehouse.messages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

# Capital inside a name of several words only: the Urban Index, the State, the Grandi … of a law.
COMMON = {"it": {"Grandi"}, "en": {"State", "Urban"}}


def names(language: str) -> set[str]:
    return {*translations(language)("sentence.names").split(), *CATALOG.names}


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("en", "European election turnout", "European election turnout"),
        ("en", "Euro 0 to 3 cars", "Euro 0 to 3 cars"),
        ("en", "Commuting to Milano", "commuting to Milano"),
        ("en", "PM10: days over the limit", "PM10: days over the limit"),
        ("en", "PA digitale measures", "PA digitale measures"),
        ("it", "Auto Euro 0-3", "auto Euro 0-3"),
        ("it", "Europee: affluenza", "europee: affluenza"),
        ("it", "Età media", "età media"),
        ("it", "Comuni con colonnine", "Comuni con colonnine"),
        ("it", "pagoPA finanziato", "pagoPA finanziato"),
    ],
)
def test_only_the_first_letter_of_a_common_word_changes(
    language: str, title: str, expected: str
) -> None:
    assert inside(title, names(language)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "NR. DI AMMINISTRAZIONI CHE ADOTTANO (SPID O CIE)",
            "Nr. di amministrazioni che adottano (SPID o CIE)",
        ),
        (
            "NR. DI AMMINISTRAZIONI CHE ADERISCONO A PAGOPA",
            "Nr. di amministrazioni che aderiscono a pagoPA",
        ),
        ("Metri quadrati", "Metri quadrati"),
        (
            "POLITECNICO DI TORINO · PNRR MISSIONE 4 - MOBILITA' VIA SUZZANI 96 FASE II",
            "Politecnico di Torino · PNRR missione 4 - mobilità via Suzzani 96 fase II",
        ),
        ("Scuola · RESTAURO DEL TETTO", "Scuola · Restauro del tetto"),
        ("FONDAZIONE CENTRO EUROPEO UNIVERSITA' E", "Fondazione centro europeo università e…"),
        ("", ""),
    ],
)
def test_capitals_of_a_source_become_a_plain_title(text: str, expected: str) -> None:
    assert from_capitals(text, names("it")) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_the_catalogue_writes_with_a_capital_keeps_it(language: str) -> None:
    """`European` in «turnout at European elections» is a name at the start of a title too."""
    capital = {word for text in texts(language) for word in capitals_inside(text)}
    titles = {
        text.in_(language)
        for indicator in CATALOG.indicators.values()
        for text in (indicator.title, indicator.short)
    }
    first_words = {re.split(r"\W", title)[0] for title in titles}
    changed = {word for word in first_words if inside(word, names(language)) != word}
    assert changed & capital == COMMON[language]


def texts(language: str) -> Iterator[str]:
    for indicator in CATALOG.indicators.values():
        for text in (indicator.title, indicator.short, indicator.description, indicator.limits):
            if text:
                yield text.in_(language)


def capitals_inside(text: str) -> list[str]:
    return re.findall(r"(?<=[a-zà-ù,'] )([A-ZÀ-Ù]\w+)", text)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Nord Milano: European election turnout "),
        ("it", "Nord Milano: affluenza alle europee "),
    ],
)
def test_a_comparison_names_its_indicator_so(
    deployed: Config, data: ReleaseData, language: str, expected: str
) -> None:
    selection = Selection.read("/territori", f"lang={language}&territory=nord-milano")
    context = Context(deployed, data, selection, route(data, selection.path))
    indicator = data.catalog.indicators["european_election_turnout"]
    assert indicator_title(context, indicator, "2024").startswith(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OSPEDALE LUIGI SACCO DI CERNUSCO SUL NAVIGLIO: NUOVA RADIOLOGIA",
         "Ospedale Luigi Sacco di Cernusco sul Naviglio: nuova radiologia"),
        ("ISTITUZIONE IDROSCALO: NUOVI PONTILI", "Istituzione Idroscalo: nuovi pontili"),
        ("ISTITUTO NAZIONALE DI FISICA NUCLEARE: INFN DI MILANO",
         "Istituto nazionale di fisica nucleare: INFN di Milano"),
        ("COMUNE DI RHO: VIA CARLO PISANI", "Comune di Rho: via Carlo Pisani"),
    ],
)  # fmt: skip
def test_names_of_territories_actors_and_the_declared_words_keep_capitals(
    data: ReleaseData, text: str, expected: str
) -> None:
    assert plain_title(data, text) == expected
