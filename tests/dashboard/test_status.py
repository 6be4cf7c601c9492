"""Signs and their sentences: what is shown is what the release has."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from dashboard import narrative, status_words
from dashboard.context import Context
from dashboard.figures.trend import Line
from dashboard.pages.common.headlines import lead_indicators
from dashboard.pages.indicator.target_lines import target_lines
from dashboard.pages.overview.attention import tiles
from dashboard.registry import HEADINGS, PANELS
from dashboard.selection import Selection
from dashboard.status import SIGNS
from dashboard.views import find
from warehouse.status.critical import CHI_SQUARE, FEW, LEAST_RESIDENTS, SMALL, Z_OF_ENDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dash.development.base_component import Component

    from dashboard.release_data import ReleaseData
    from dashboard.status import Status
    from warehouse.config import Config

THRESHOLDS = (LEAST_RESIDENTS, FEW, SMALL, CHI_SQUARE, Z_OF_ENDS, 95)
NUMBER = re.compile(r"[−+]?\d[\d.,]*\d|[−+]?\d")
LEVELS = ["zone", "metro", "region", "country", "municipality"]


@pytest.fixture(scope="module")
def page(deployed: Config, data: ReleaseData) -> Callable[..., Context]:
    """A page of the shipped figures."""
    return lambda path, query="": Context(deployed, data, Selection.read(path, query), find(path))


def markup(component: Component) -> str:
    """Return the HTML of a panel."""
    return str(component.to_plotly_json()["props"]["html"])


def numbers(sentence: str, language: str) -> Iterator[float]:
    """Yield the numbers that a sentence prints, years of periods included."""
    thousands, decimal = (".", ",") if language == "it" else (",", ".")
    for text in NUMBER.findall(sentence):
        yield float(text.replace(thousands, "").replace(decimal, ".").replace("−", "-"))


def columns(status: Status) -> list[float]:
    """Return every number of a row, and the years and days of its periods."""
    values: list[Any] = [getattr(status, name) for name in status.__slots__]
    found = [float(v) for v in values if isinstance(v, (int, float))]
    for text in values:
        if isinstance(text, str):
            found += [float(n) for n in re.findall(r"\d+", text)]
    return [*found, 100 * (status.coverage or 0), *map(float, THRESHOLDS)]


def is_printed(number: float, known: list[float]) -> bool:
    """Say whether a printed number is one of the row's, rounded."""
    return any(abs(round(value, digits) - number) < 1e-9 for value in known for digits in range(5))


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_number_of_a_sentence_is_in_its_row(
    page: Callable[..., Context], language: str
) -> None:
    context = page("/", f"lang={language}")
    seen = set()
    rows = context.data.store.rows("statuses", levels=LEVELS)
    sample = rows[:: 1 + len(rows) // 4000]
    for row in sorted(sample, key=lambda row: str(row["territory"])):  # cached by territory
        status = context.data.status(row["indicator"], row["territory"])
        assert status is not None
        said = status_words.direction(context, status)
        said += "; " + status_words.reliability(context, status)
        unit = status_words.unit_of_change(context, context.catalog.indicators[status.indicator])
        text = said.replace("chi²", "").replace("95 %", "").replace(unit, "")
        known = columns(status)
        assert all(is_printed(n, known) for n in numbers(text, language)), (said, row)
        seen.add((status.rule, status.reason, status.movement))
    assert {rule for rule, _, _ in seen} == {
        "single", "pair", "steps", "slope", "theil_sen", "xmr",
    }  # fmt: skip


def test_the_sentence_of_a_target_has_the_numbers_of_its_standing(
    page: Callable[..., Context],
) -> None:
    context = page("/indicatori/separate_waste_collection")
    law, aim = context.indicator.targets
    by_target = {s.target: s for s in context.data.standings(context.indicator.id, "nord-milano")}
    assert status_words.target(context, context.indicator, law, by_target["1"]) == (
        "Minimo di legge per ogni Comune: 65\xa0% (dal 2012). 67,7 (2024): raggiunto"
    )
    assert status_words.target(context, context.indicator, aim, by_target["2"]) == (
        "Obiettivo della Lombardia al 2027: 83,3\xa0%. Non è assegnato alle singole zone. "
        "67,7 (2024): mancano 15,6 p.p., servono +5,2 l'anno. Non giudica questo territorio"
    )


def test_the_tally_counts_the_cells_that_its_list_shows(page: Callable[..., Context]) -> None:
    overview = page("/")
    counts = narrative.tally(overview, lead_indicators(overview))
    assert tuple(counts) == SIGNS
    total = 0
    for sign, count in counts.items():
        listed = markup(PANELS["sign_list"](page("/segni", f"state={sign}")))
        assert listed.count("<tr>") - 1 == count or count == 0
        total += count
    everything = markup(PANELS["sign_list"](page("/segni")))
    assert everything.count("<tr>") - 1 == total
    assert "/segni?state=better" in markup(PANELS["heading"](overview))


def test_a_cell_of_the_matrix_has_the_signs_of_the_release(page: Callable[..., Context]) -> None:
    context = page("/")
    matrix = unescape(markup(PANELS["matrix"](context)))
    rows = matrix.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")
    for indicator, row in zip(lead_indicators(context), rows, strict=False):
        drawn = re.findall(r'<td class="(\w+)" data-territory=', row)
        statuses = [context.data.status(indicator.id, z.territory) for z in context.catalog.zones]
        assert drawn == [status.direction if status else "none" for status in statuses]
        assert row.count('class="sign goal missed"') == sum(
            status.target_sign == "missed" for status in statuses if status
        )


def test_attention_is_chosen_by_rule_and_is_the_title(page: Callable[..., Context]) -> None:
    context = page("/")
    chosen = tiles(context)
    assert len(chosen) <= 3
    assert len({tile.address.partition("?")[0] for tile in chosen}) == len(chosen)
    assert "separate_waste_collection" in chosen[0].address  # the only target missed today
    assert chosen[0].finding == "Sud Ovest 62,1 % (2024), Milano 63,3 % (2024)"
    assert [tile.demonstration for tile in chosen] == [False, False, True]
    title = HEADINGS["overview"](context).title
    assert all(tile.subject in title for tile in chosen)


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_strip_shows_value_change_and_three_signs(
    page: Callable[..., Context], language: str
) -> None:
    query = f"territory=nord-milano&lang={language}"
    context = page("/indicatori/separate_waste_collection", query)
    strip = markup(PANELS["strip"](context))
    status = context.data.status("separate_waste_collection", "nord-milano")
    assert status is not None
    for text in (
        context.format.value(status.last_value, context.indicator),
        context.text("target.reached"),
        context.text(f"direction.{status.direction}"),
        context.text(f"reliability.{status.reliability}"),
        context.format.number(15.6, 1),
    ):
        assert text in strip


def test_without_a_target_the_strip_says_with_what_it_is_compared(
    page: Callable[..., Context],
) -> None:
    strip = unescape(markup(PANELS["strip"](page("/indicatori/european_election_turnout"))))
    assert "Nessun obiettivo ufficiale" in strip
    none = unescape(markup(PANELS["strip"](page("/indicatori/supplier_payment_delay"))))
    assert "<dl" not in none


def test_targets_are_drawn_from_their_date_and_with_their_path(
    page: Callable[..., Context],
) -> None:
    context = page("/indicatori/separate_waste_collection")
    day = date(2024, 1, 1)
    zone = Line("milano", "Milano", "other", [(date(2010, 1, 1), 35, "2010"), (day, 63.3, "2024")],
                ["solid"], "/")  # fmt: skip
    law, aim = target_lines(context, [zone])
    assert ([point[:2] for point in law.points], law.segments) == (
        [(date(2012, 1, 1), 65), (day, 65)], ["solid"],
    )  # fmt: skip
    assert ([point[:2] for point in aim.points], aim.segments) == (
        [(date(2020, 1, 1), 73.3), (date(2027, 1, 1), 83.3)], ["dashed"],
    )  # fmt: skip
