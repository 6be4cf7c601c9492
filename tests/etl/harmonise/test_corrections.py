"""A known error is mended while it stands, and never after the provider has mended it."""

from __future__ import annotations

import pandas as pd

from etl.harmonise.corrections import correct
from warehouse.declarations.base import Text
from warehouse.declarations.models import Correction

FIGURES = pd.DataFrame(
    {
        "variable": ["funding", "funding"],
        "territory": ["015144", "015146"],
        "period": ["2024-03", "2024-03"],
        "value": [0.0, 5.0],
        "obs_status": ["A", "A"],
        "snapshot": ["f", "f"],
    }
)


def correction(expected: float, corrected: float | None) -> Correction:
    return Correction(
        dataset="d",
        variable="funding",
        territory="015144",
        period="2024-03",
        expected=expected,
        corrected=corrected,
        status="suspected",
        reason=Text(it="perché", en="why"),
    )


def test_the_wrong_figure_is_mended_and_called_an_estimate() -> None:
    mended = correct(FIGURES, [correction(0, 77_897)])
    assert mended["value"].tolist() == [77_897, 5]
    assert mended["obs_status"].tolist() == ["E", "A"]


def test_a_figure_that_the_provider_has_changed_is_left_alone() -> None:
    assert correct(FIGURES, [correction(1, 77_897)]).equals(FIGURES)


def test_without_a_right_figure_there_is_none() -> None:
    assert correct(FIGURES, [correction(0, None)])["territory"].tolist() == ["015146"]


def test_no_corrections_change_nothing() -> None:
    assert correct(FIGURES, []).equals(FIGURES)
