"""Stable series, drawn by chance, are seldom said to move; those that move are found."""

from __future__ import annotations

import numpy as np
import pytest

from bench.status import BRANCHES, SIZES, Branch, moving
from warehouse.status.trends import STUDENT

SERIES = 2_000
SLACK = 3  # standard errors of a share of two thousand


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("branch", BRANCHES, ids=str)
def test_a_stable_series_is_seldom_said_to_move(branch: Branch, size: int) -> None:
    chance = np.random.default_rng(7)
    share = sum(moving(branch, size, 0, SERIES, chance))
    error = 100 * (branch.allowed / 100 * (1 - branch.allowed / 100) / SERIES) ** 0.5
    assert share <= branch.allowed + SLACK * error


@pytest.mark.parametrize(
    ("condition", "without", "branch"),
    [
        ("direction.Z_OF_ENDS", 0.0, Branch("steps", 3, "proportion")),
        ("direction.LEAST_RESIDENTS", 0, Branch("steps", 3, None)),
        ("trends.STUDENT", (0.0,) * len(STUDENT), Branch("theil_sen", 5, None)),
        ("control_chart.STRICT", 0.0, Branch("xmr", 24, None, 12)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_condition_beyond_the_method_is_needed(
    monkeypatch: pytest.MonkeyPatch, condition: str, without: object, branch: Branch
) -> None:
    with_it = sum(moving(branch, min(SIZES), 0, 1_000, np.random.default_rng(7)))
    monkeypatch.setattr(f"warehouse.status.{condition}", without)
    share = sum(moving(branch, min(SIZES), 0, 1_000, np.random.default_rng(7)))
    assert share > 4 * branch.allowed
    assert with_it < branch.allowed


# of twelve points the limits hold the change itself
@pytest.mark.parametrize("branch", [b for b in BRANCHES if b.points != 12], ids=str)
def test_a_change_of_four_floors_of_a_large_territory_is_found(branch: Branch) -> None:
    rising, falling = moving(branch, 300_000, 4, 200, np.random.default_rng(7))
    assert rising > 95
    assert falling == 0
