"""A known error is corrected until the provider corrects it."""

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


def test_the_wrong_figure_is_corrected_and_marked_as_an_estimate() -> None:
    figures = correct(FIGURES, [correction(0, 77_897)])
    assert figures["value"].tolist() == [77_897, 5]
    assert figures["obs_status"].tolist() == ["E", "A"]


def test_a_figure_that_the_provider_has_changed_stays() -> None:
    assert correct(FIGURES, [correction(1, 77_897)]).equals(FIGURES)


def test_a_wrong_figure_without_a_right_one_is_left_out() -> None:
    assert correct(FIGURES, [correction(0, None)])["territory"].tolist() == ["015146"]


def test_without_corrections_nothing_changes() -> None:
    assert correct(FIGURES, []).equals(FIGURES)
