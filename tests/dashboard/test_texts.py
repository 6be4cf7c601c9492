from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.i18n import translations
from etl.workbook.schema import workbook
from tests.dashboard.test_pages import draw
from warehouse.messages import texts

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config
    from warehouse.query.store import Store

DASHBOARD = Path(__file__).parents[2] / "dashboard"
WAREHOUSE = Path(__file__).parents[2] / "warehouse"


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


# Counts that are never one: zones, releases, the municipalities of a common path, days of a window.
ALWAYS_MANY = {
    "actors.one_title", "attention.worse", "compare.convergence_key", "compare.spine_sub",
    "data.audits_sub", "data.days_before", "data.release_checked",
    "indicator.map_title_municipality", "news.all_down", "news.all_up", "news.mixed",
    "project.months", "project.where_sub", "projects.in_several", "projects.operational_title",
    "projects.several", "risk.within", "signs.all", "span.days", "span.months", "strip.common",
    "territory.all", "territory.every", "territory.key_range", "territory.others", "works.map_sub",
    "works.where_several", "works.where_shared",
}  # fmt: skip
COUNTED = re.compile(
    r"\{n\} (?:\w+-\w+ )?(?:comuni|municipalities|progetti|projects|opere|works|tappe|milestones"
    r"|giorni|days|files|indicatori|indicators|attori|actors|pagine|slides|territori|territories"
    r"|mesi|months|celle|cells|controlli|audits|tabelle|tables|classi|classes)\b",
    re.IGNORECASE,
)


def test_a_count_that_may_be_one_has_a_singular() -> None:
    without = {
        key
        for key, entry in texts("pages").items()
        for text in entry.values()
        if isinstance(text, str) and COUNTED.search(text)
    }
    assert without == ALWAYS_MANY


def test_a_series_of_one_municipality_says_so(deployed: Config, data: ReleaseData) -> None:
    for language, words in (("it", "un Comune nell'ultimo"), ("en", "one municipality in the")):
        page = draw(deployed, data, "/indicatori/city_road_accidents", f"lang={language}")
        assert words in page


def test_texts_have_one_apostrophe() -> None:
    written = [*(WAREHOUSE / "locale").rglob("*.yaml"), *(WAREHOUSE / "catalog").rglob("*.yaml")]
    assert not [path.name for path in written if "\u2019" in path.read_text("utf-8")]
