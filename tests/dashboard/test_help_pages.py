"""Glossary, list of indicators, statement of accessibility, and the foot of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.i18n import translations
from dashboard.render import render
from dashboard.selection import Selection
from dashboard.views import VIEWS, WORK
from warehouse.messages import LANGUAGES

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config


def _markup(config: Config, data: ReleaseData, path: str, query: str = "") -> str:
    return str(render(config, data, Selection.read(path, query))[0])


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_glossary_explains_every_declared_word(
    deployed: Config, data: ReleaseData, language: str
) -> None:
    markup = _markup(deployed, data, "/glossario", f"lang={language}")
    assert len(data.catalog.glossary) >= 15
    for term in data.catalog.glossary:
        assert f"<dt>{term.name.in_(language)}</dt>" in markup


def test_the_list_of_indicators_has_all_that_are_loaded(
    deployed: Config, data: ReleaseData
) -> None:
    markup = _markup(deployed, data, "/glossario")
    for indicator in data.indicators:
        assert f'href="/indicatori/{indicator.id}"' in markup


@pytest.mark.parametrize("path", ["/", "/progetti", "/glossario", "/nowhere"])
def test_every_page_links_the_statement_and_a_way_to_report(
    deployed: Config, data: ReleaseData, path: str
) -> None:
    contact = deployed.model_copy(update={"contact": "urp@example.org"})
    markup = _markup(contact, data, path)
    assert 'href="/accessibilita"' in markup
    assert "mailto:urp@example.org?subject=Problema%20alla%20pagina" in markup


def test_the_statement_names_whom_to_write_to(deployed: Config, data: ReleaseData) -> None:
    contact = deployed.model_copy(update={"contact": "urp@example.org"})
    assert "mailto:urp@example.org" in _markup(contact, data, "/accessibilita")
    anonymous = _markup(deployed, data, "/accessibilita")
    assert "mailto:" not in anonymous
    assert "relazioni con il pubblico" in anonymous


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_says_of_every_kind_of_page_what_it_shows(language: str) -> None:
    text = translations(language)
    names = [view.name for view in (*VIEWS, WORK)]
    assert [name for name in names if f"looking.{name}" not in text] == []
    assert len({text(f"looking.{name}") for name in names}) == len(names)


def test_the_help_of_a_page_comes_with_it(deployed: Config, data: ReleaseData) -> None:
    markup = _markup(deployed, data, "/progetti/rischi")
    assert "Che cosa sto guardando" in markup
    assert "Che cosa può andare storto nei progetti" in markup
