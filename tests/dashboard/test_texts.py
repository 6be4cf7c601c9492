from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.i18n import translations
from etl.workbook.schema import workbook
from warehouse.messages import texts

if TYPE_CHECKING:
    from warehouse.query.store import Store

DASHBOARD = Path(__file__).parents[2] / "dashboard"


def test_every_text_is_in_both_languages_and_fills_the_same_places() -> None:
    for key, entry in texts("pages").items():
        assert entry.keys() == {"it", "en"}, key
        italian, english = (_forms(entry[language]) for language in ("it", "en"))
        assert italian.keys() == english.keys(), key
        for form in italian:
            assert _places(italian[form]) == _places(english[form]), key


def _forms(entry: str | dict[str, str]) -> dict[str, str]:
    return {"": entry} if isinstance(entry, str) else entry


def _places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_a_count_of_one_takes_the_singular() -> None:
    title = "projects.title_strategic"
    assert translations("it")(title, n=1, total=10).startswith(
        "1 progetto strategico su 10 finisce"
    )
    assert translations("it")(title, n=2, total=10).startswith(
        "2 progetti strategici su 10 finiscono"
    )


def test_every_source_of_money_has_its_name(release: Store) -> None:
    query = "select distinct source from funding_line union select source from payment"
    offered = workbook("projects").sheets["funding"].columns["source"].choices
    for source in {*release.sql(query)["source"].to_pylist(), *offered}:
        assert translations("it")(f"project.source_{source}")


def test_every_word_that_a_template_asks_for_exists() -> None:
    keys = translations("it").keys()
    for template in DASHBOARD.rglob("*.html"):
        names = re.findall(r'\bt\("([\w.]+)"[,)]', template.read_text("utf-8"))
        assert set(names) <= keys, template.name
