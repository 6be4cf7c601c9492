from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.i18n import words
from etl.workbook.schema import workbook

if TYPE_CHECKING:
    from warehouse.query.store import Store

DASHBOARD = Path(__file__).parents[2] / "dashboard"


def test_both_languages_have_the_same_words() -> None:
    assert words("it").texts.keys() == words("en").texts.keys()


def test_both_languages_fill_the_same_places() -> None:
    for key in words("it").texts:
        it, en = (set(re.findall(r"\{(\w+)\}", words(lang).texts[key])) for lang in ("it", "en"))
        assert it == en, key


def test_one_of_a_thing_is_said_in_the_singular() -> None:
    title = "projects.title_strategic"
    assert words("it")(title, n=1, total=10).startswith("1 progetto strategico su 10 finisce")
    assert words("it")(title, n=2, total=10).startswith("2 progetti strategici su 10 finiscono")


def test_every_source_of_money_has_its_name(release: Store) -> None:
    said = "select distinct source from funding_line union select source from payment"
    offered = workbook("projects").sheets["funding"].columns["source"].choices
    for source in {*release.sql(said)["source"].to_pylist(), *offered}:
        assert words("it")(f"project.source_{source}")


def test_every_word_that_a_template_asks_for_exists() -> None:
    known = words("it").texts.keys()
    for template in DASHBOARD.rglob("*.html"):
        asked = re.findall(r'\bt\("([\w.]+)"[,)]', template.read_text("utf-8"))
        assert set(asked) <= known, template.name
