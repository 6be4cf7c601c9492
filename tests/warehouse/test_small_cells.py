"""Figures of one or two units are not published, nor what they could be worked out from."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from tests.support.deployment import deploy
from tests.support.small_city import (
    ADDA,
    CERNUSCO,
    CINISELLO,
    COLOGNO,
    MAGENTINO,
    METRO,
    NORD,
    RESIDENTS,
    SESTO,
    VERMEZZO_CON_ZELO,
    components,
    failed,
    indicator,
    observed,
    small_catalog,
    words,
)
from warehouse.build.build import build_draft
from warehouse.config import read_config
from warehouse.declarations.loader import Catalog
from warehouse.query.releases import Releases
from warehouse.release.publish import publish

if TYPE_CHECKING:
    from tests.support.small_city import Configure
    from warehouse.build.build import Draft
    from warehouse.config import Config
    from warehouse.query.store import Store

Values: TypeAlias = dict[str, tuple[float | None, float, str]]
PAID = """
    money.paid 015077 2023 2
    money.paid 015209 2023 8
    money.paid 015081 2023 30
    money.paid 015070 2023 12
    money.paid 015251 2023 40
"""
HIDDEN = (None, 0, "Q")


def catalog(*indicators: dict[str, Any], public: bool = False, **money: object) -> Catalog:
    """Declare the small city whose dataset `money` is not public, unless `public` says so."""
    declared = small_catalog(*indicators).model_dump()
    declared["datasets"]["money"] |= {"public_variables": public, **money}
    return Catalog.model_validate(declared)


def built(config: Config, text: str, declared: Catalog) -> tuple[Draft, Values]:
    """Build and publish; return the draft and the values of its first indicator by place."""
    draft = build_draft(config, declared, components(RESIDENTS + text))
    assert failed(draft) == set()
    publish(config, draft.release)
    return draft, values_of(Releases(config).open(), next(iter(declared.indicators)))


def values_of(store: Store, name: str) -> Values:
    """Return the values of an indicator by place."""
    rows = observed(store, name).items()
    return {place: (None if isnan(v) else v, c, s) for (place, _), (v, c, s) in rows}


# Several variables of a dataset that is not public, in one release.
VARIABLES: dict[str, dict[str, object]] = {
    "paid": {},
    "opened": {"public_variable": True},
    "zero": {},
    "rate": {"unit": "percent"},
    "lonely": {},
}
TEXTS = {
    "zero": PAID.replace("015077 2023 2", "015077 2023 0"),
    "lonely": PAID.replace("015077 2023 2", "015077 2023 9").replace(
        "015251 2023 40", "015251 2023 1"
    ),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The release of an indicator for each of `VARIABLES`, and a ratio of the first."""
    declared = [indicator(name, "sum", numerator=f"money.{name}") for name in VARIABLES]
    variables = {
        name: {"title": words(name), "unit": "number", **more} for name, more in VARIABLES.items()
    }
    texts = [TEXTS.get(name, PAID).replace("paid", name) for name in VARIABLES]
    settings = read_config(deploy(tmp_path_factory.mktemp("cells")))
    catalogue = catalog(*declared, indicator("per_head", "ratio"), variables=variables)
    built(settings, "\n".join(texts), catalogue)
    return Releases(settings).open()


@pytest.mark.parametrize("name", ["paid", "per_head"])
def test_a_figure_of_two_units_and_the_smallest_beside_it_are_hidden(
    store: Store, name: str
) -> None:
    values = values_of(store, name)
    assert values[CINISELLO] == values[SESTO] == HIDDEN  # 2, and 8 = the zone's 10 less 2
    people = {NORD: 100, ADDA: 80, METRO: 200, COLOGNO: 50, CERNUSCO: 30}
    figures = {NORD: 10, ADDA: 42, METRO: 92, COLOGNO: 30, CERNUSCO: 12}
    divisors = people if name == "per_head" else dict.fromkeys(people, 1)
    for place, figure in figures.items():
        assert values[place] == (figure / divisors[place], 1, "A")
    rows = [row for row in store.table("component").to_pylist() if row["variable"] == "paid"]
    hidden = {r["territory"] for r in rows if r["obs_status"] == "Q" and r["value"] is None}
    assert hidden == {CINISELLO, SESTO}
    statuses = store.rows("statuses", levels=["municipality"])
    judged = {row["territory"] for row in statuses if row["indicator"] == name}
    assert judged == {COLOGNO, CERNUSCO, VERMEZZO_CON_ZELO}


def test_a_public_variable_is_published_whole(config: Configure) -> None:
    _, values = built(config(), PAID, catalog(indicator("share", "sum"), public=True))
    assert values[CINISELLO] == (2, 1, "A")
    assert values[SESTO] == (8, 1, "A")


def test_one_variable_may_be_public_in_a_dataset_that_is_not(store: Store) -> None:
    assert values_of(store, "opened")[CINISELLO] == (2, 1, "A")


def test_zero_rests_on_nobody(store: Store) -> None:
    assert values_of(store, "zero")[CINISELLO] == (0, 1, "A")


def test_a_percentage_does_not_count_units(store: Store) -> None:
    assert values_of(store, "rate")[CINISELLO] == (2, 1, "A")


def test_a_zone_of_one_municipality_hides_itself_and_the_metropolitan_sum(store: Store) -> None:
    values = values_of(store, "lonely")
    assert values[VERMEZZO_CON_ZELO] == HIDDEN
    assert values[MAGENTINO] == values[METRO] == (None, 1, "Q")
    assert values[NORD] == (17, 1, "A")


def test_the_only_small_part_of_a_total_takes_another_part_with_it(config: Configure) -> None:
    names = ("paid", "women", "men")
    variables = {n: {"title": words(n), "unit": "number"} for n in names}
    totals = {"paid": {"parts": ["women", "men"], "coverage": 0}}
    women = PAID.replace("paid", "women").replace("015077 2023 2", "015077 2023 1")
    others = SESTO, COLOGNO, CERNUSCO, VERMEZZO_CON_ZELO
    men = "\n".join(f"money.men {place} 2023 0" for place in others)
    paid = PAID.replace("015077 2023 2", "015077 2023 20")
    text = paid + women + men + "\nmoney.men 015077 2023 19"
    settings = config()
    declared = catalog(indicator("share", "sum"), variables=variables, totals=totals)
    built(settings, text, declared)
    rows = Releases(settings).open().table("component").to_pylist()
    of_one_place = {
        row["variable"]: row["value"]
        for row in rows
        if (row["territory"], row["dataset"]) == (CINISELLO, "money")
    }
    # women 1 = paid 20 less men 19: one of these two goes as well, the smaller one
    assert of_one_place == {"paid": 20, "women": None, "men": None}


def test_the_same_figures_are_copied_and_a_variable_made_public_is_computed_again(
    config: Configure,
) -> None:
    settings = config()
    built(settings, PAID, catalog(indicator("share", "sum")))
    both = indicator("share", "sum"), indicator("per_head", "ratio")
    again, values = built(settings, PAID, catalog(*both))
    assert values[CINISELLO] == HIDDEN
    opened, values = built(settings, PAID, catalog(*both, public=True))
    assert again.manifest.computed == ("per_head",)
    assert opened.manifest.computed == ("per_head", "share")
    assert values[CINISELLO] == (2, 1, "A")
