"""An indicator without figures is a fault only where its dataset has been loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.small_city import RESIDENTS, build, indicator

if TYPE_CHECKING:
    from tests.support.small_city import Configure


def without_values(config: Configure, figures: str) -> int:
    draft = build(config(), RESIDENTS + figures, indicator("share", "ratio"))
    return {a.audit: a for a in draft.audits}["indicator_without_values"].failures


def test_a_dataset_that_has_not_been_loaded_is_not_a_fault(config: Configure) -> None:
    assert without_values(config, "") == 0


def test_an_indicator_that_its_loaded_dataset_leaves_empty_is_reported(config: Configure) -> None:
    # figures of 1999, when there are no residents to divide them by
    assert without_values(config, "money.paid 015077 1999 30") == 1
