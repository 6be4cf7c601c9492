from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from dashboard.context import Context
from dashboard.existence import is_unknown
from dashboard.pages.risk.panels import time_left
from dashboard.registry import HEADINGS, PANELS
from dashboard.selection import Selection
from dashboard.views import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

DEMONSTRATION = "dati dimostrativi"


@pytest.fixture(scope="module")
def page(deployed: Config, data: ReleaseData) -> Callable[..., Context]:
    return lambda path, query="": Context(deployed, data, Selection.read(path, query), find(path))


def markup(context: Context, panel: str) -> str:
    return json.dumps(
        PANELS[panel](context), default=lambda c: c.to_plotly_json(), ensure_ascii=False
    )


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("cycle", ["2016-2018", "2019-2021", "2022-2024"])
def test_every_cycle_is_drawn_in_both_languages(
    page: Callable[..., Context], cycle: str, lang: str
) -> None:
    context = page("/piano", f"cycle={cycle}&lang={lang}")
    assert HEADINGS["plan"](context).title
    for panel in context.route.view.panels[1:]:
        assert markup(context, panel), panel


def test_the_tree_leads_from_an_area_to_the_budget(page: Callable[..., Context]) -> None:
    text = markup(page("/piano"), "framework")
    area, strategic, operational, programme = (
        text.index(words)
        for words in ("Infrastrutture e sistemi", "/mobilita-", "NET.I.S.", "10.05")
    )
    assert area < strategic < operational < programme
    assert DEMONSTRATION in text


def test_the_process_runs_from_the_guidelines_to_the_approval(page: Callable[..., Context]) -> None:
    text = markup(page("/piano"), "process")
    assert text.index("Linee di indirizzo") < text.index("Tavolo metropolitano")
    assert text.index("Tavolo metropolitano") < text.index("Approvazione")
    assert text.count(DEMONSTRATION) == 7  # the seven zone meetings; the rest is public


def test_an_unverified_act_is_marked(page: Callable[..., Context]) -> None:
    assert markup(page("/piano"), "acts").count("da verificare") == 1
    assert "da verificare" not in markup(page("/piano", "cycle=2016-2018"), "acts")


def test_only_agendas_with_invented_objectives_are_marked(page: Callable[..., Context]) -> None:
    text = markup(page("/piano"), "agendas")
    assert text.count(DEMONSTRATION) == 7
    assert "Agende_territoriali/Adda_Martesana" in text


def test_contributions_show_actor_text_and_outcome(page: Callable[..., Context]) -> None:
    text = markup(page("/piano"), "contributions")
    assert "CAP Holding" in text
    assert "non accolta" in text
    assert "Nessuna osservazione" in markup(page("/piano", "cycle=2016-2018"), "contributions")


def test_the_page_of_an_actor_lists_its_commitments(page: Callable[..., Context]) -> None:
    context = page("/attori/istituzione-idroscalo")
    assert not is_unknown(context)
    assert "2 su 3 raggiunte" in str(HEADINGS["actor"](context).figures)
    assert "Rive ovest" in markup(context, "commitments")
    assert "Parco metropolitano" in markup(context, "actor_projects")
    assert is_unknown(page("/attori/nobody"))


def test_every_actor_is_listed_with_its_steps(page: Callable[..., Context]) -> None:
    text = markup(page("/attori"), "actor_list")
    assert "Regione Lombardia" in text
    assert "68 su 98 raggiunte" in text


def test_risks_show_owner_project_and_day(page: Callable[..., Context]) -> None:
    context = page("/progetti/rischi")
    upcoming = markup(context, "risk_upcoming")
    counts = [
        ("Scadute", 1),
        ("Entro 30 giorni", 1),
        ("Entro 60 giorni", 0),
        ("Entro 90 giorni", 2),
    ]
    assert " · ".join(f"{title} <b>{n}</b>" for title, n in counts) in upcoming
    orders = [int(days) for days in re.findall(r'data-order=\\"(-?\d+)', upcoming)]
    assert orders == sorted(orders)
    assert [order < 0 for order in orders] == [True, False, False, False]
    assert "ForestaMI" not in upcoming
    late = markup(context, "risk_late")
    # agreement of the waste authority: planned for 31 March 2023, 1,234 days before 16 August 2026
    assert "+1.234 giorni a oggi" in late
    assert "Verso l’Economia Circolare" in markup(context, "risk_silent")
    assert "su 60,0 M€" in markup(context, "risk_unfunded")  # 54 secured and 6 to be found
    links = markup(context, "risk_links")
    for name, count in re.findall(r"<summary>(.+?) <b>(\d+)</b></summary>(?s:.)+?", links):
        area = links.partition(name)[2].partition("</details>")[0]
        assert area.count("<a ") == int(count)


@pytest.mark.parametrize(
    ("days", "italian"),
    [
        (-1234, "scaduta da 1.234 giorni"),
        (-1, "scaduta da un giorno"),
        (0, "oggi"),
        (1, "fra un giorno"),
        (90, "fra 90 giorni"),
    ],
)
def test_the_time_left_is_in_words(page: Callable[..., Context], days: int, italian: str) -> None:
    assert time_left(page("/progetti/rischi"), days) == italian


def test_a_day_before_the_plan_has_no_risks(page: Callable[..., Context]) -> None:
    context = page("/progetti/rischi", "at=2018-01-01")
    assert "Nessuna tappa oltre il piano iniziale" in markup(context, "risk_late")
