"""A build computes only what something changed for, and is the same as one from nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.support.small_city import RESIDENTS, build, components, indicator, small_catalog
from warehouse.build.batches import batches, batches_at_once
from warehouse.build.build import build_draft
from warehouse.release.manifest import read_manifest, write_manifest
from warehouse.release.publish import folder_of, publish, published

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.small_city import Configure
    from warehouse.build.draft import Draft
    from warehouse.config import Config

TOTAL, PER_HEAD = indicator("total", "sum"), indicator("per_head", "ratio", align="latest")
PEOPLE = indicator("people", "sum", numerator="population.residents")
ALL = (TOTAL, PER_HEAD, PEOPLE)
# Tenths have no exact float: another order of adding would show.
PAID = "\n".join(
    f"money.paid {place} {year} 0.{n}{year % 10}"
    for year in range(2015, 2025)
    for n, place in enumerate(("015077", "015209", "015081", "015070", "015251"), start=1)
)
TEXT = RESIDENTS.replace("2023", "2015") + PAID


def built(config: Config, text: str = TEXT, *indicators: dict[str, object]) -> Draft:
    """Build the draft of `text`."""
    return build_draft(config, small_catalog(*(indicators or ALL)), components(text))


def observations(draft: Draft) -> bytes:
    """Return the bytes of the fact table."""
    return (draft.path / "observation.parquet").read_bytes()


@pytest.fixture
def first(config: Configure) -> Config:
    """A deployment with a published release."""
    settings = config()
    draft = build(settings, TEXT, *ALL)
    assert set(draft.manifest.computed) == {"total", "per_head", "people"}
    publish(settings, draft.release)
    return settings


def elsewhere(config: Config, folder: Path, text: str, *indicators: dict[str, object]) -> Draft:
    """Build the same from nothing, in a deployment of its own."""
    empty = config.model_copy(update={"data": folder / "elsewhere"})
    return built(empty, text, *indicators)


def test_only_the_indicators_of_a_changed_variable_are_computed(
    first: Config, tmp_path: Path
) -> None:
    text = TEXT.replace("money.paid 015077 2024 0.14", "money.paid 015077 2024 0.7")
    draft = built(first, text)
    assert set(draft.manifest.computed) == {"total", "per_head"}
    full = elsewhere(first, tmp_path, text)
    assert set(full.manifest.computed) == {"total", "per_head", "people"}
    assert observations(draft) == observations(full)
    assert draft.manifest.content == full.manifest.content


def test_what_else_is_in_a_batch_makes_no_difference(
    first: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = observations(elsewhere(first, tmp_path / "together", TEXT))
    monkeypatch.setattr("warehouse.build.batches.ROWS", 1)
    assert observations(elsewhere(first, tmp_path / "alone", TEXT)) == together
    monkeypatch.setattr("warehouse.build.batches.LARGE", 1)
    assert observations(elsewhere(first, tmp_path / "large", TEXT)) == together


def test_batches_are_as_large_as_their_rows_allow() -> None:
    sizes = {"a": 20_000, "b": 20_000, "c": 20_000, "d": 900_000, "e": 0, "f": 50_000}
    assert batches(sizes) == [("a", "b"), ("c",), ("d",), ("e", "f")]


def test_a_batch_of_millions_of_rows_is_computed_alone() -> None:
    assert batches_at_once({"a": 20_000, "b": 900_000}) == os.cpu_count()
    assert batches_at_once({"a": 20_000, "b": 2_000_000}) == 1


def test_a_changed_declaration_is_computed_and_an_added_one(first: Config, tmp_path: Path) -> None:
    changed = (TOTAL | {"multiplier": 10}, PER_HEAD, PEOPLE, indicator("new", "none"))
    draft = built(first, TEXT, *changed)
    assert set(draft.manifest.computed) == {"total", "new"}
    assert observations(draft) == observations(elsewhere(first, tmp_path, TEXT, *changed))


def test_an_indicator_that_is_gone_leaves_nothing_behind(first: Config, tmp_path: Path) -> None:
    draft = built(first, TEXT, TOTAL, PEOPLE)
    assert draft.manifest.computed == ()
    assert observations(draft) == observations(elsewhere(first, tmp_path, TEXT, TOTAL, PEOPLE))
    assert set(draft.changes["kind"]) == {"dropped"}
    assert set(draft.changes["indicator"]) == {"per_head"}


def test_other_residents_or_another_threshold_concern_every_indicator(first: Config) -> None:
    text = TEXT.replace("residents 015077 2015 60", "residents 015077 2015 61")
    assert set(built(first, text).manifest.computed) == {"total", "per_head", "people"}
    lenient = first.model_copy(
        update={"thresholds": first.thresholds.model_copy(update={"minimum_coverage": 0.4})}
    )
    draft = built(lenient, TEXT + "\nmoney.paid 015077 2014 1")
    assert set(draft.manifest.computed) == {"total", "per_head", "people"}


def test_a_damaged_fact_table_is_not_built_upon(first: Config, tmp_path: Path) -> None:
    path = folder_of(first, published(first) or "") / "observation.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    text = TEXT + "\nmoney.paid 015077 2014 1"
    draft = built(first, text)
    assert set(draft.manifest.computed) == {"total", "per_head", "people"}
    assert observations(draft) == observations(elsewhere(first, tmp_path, text))


def test_a_release_made_before_fingerprints_is_compared_and_not_built_upon(first: Config) -> None:
    folder = folder_of(first, published(first) or "")
    write_manifest(folder, read_manifest(folder).model_copy(update={"fingerprints": {}}))
    draft = built(first, TEXT.replace("015077 2024 0.14", "015077 2024 0.7"))
    assert set(draft.manifest.computed) == {"total", "per_head", "people"}
    assert set(draft.changes["indicator"]) == {"total", "per_head"}
