"""Known errors of providers, mended only while the wrong figure still stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.declarations import Correction

KEY = ["variable", "territory", "period"]
TOLERANCE = 1e-9
ESTIMATED = "E"


def correct(figures: pd.DataFrame, corrections: Iterable[Correction]) -> pd.DataFrame:
    """Return the figures of one dataset with its corrections (columns `KEY`, value, obs_status).

    A figure that is no longer the expected wrong one stays as the provider gives it. A mended
    figure is an estimate (E); one whose right value nobody knows is left out, not zero.
    """
    known = pd.DataFrame(
        [{**{k: getattr(c, k) for k in KEY}, "wrong": c.expected, "right": c.corrected}
         for c in corrections],
        columns=[*KEY, "wrong", "right"],
    )  # fmt: skip
    if known.empty:
        return figures
    found = figures.merge(known, on=KEY, how="left")
    stands = ((found["value"] - found["wrong"]).abs() <= TOLERANCE).to_numpy()
    right = found["right"].astype(float)
    found = found.assign(
        value=found["value"].mask(stands, right),
        obs_status=found["obs_status"].mask(stands, ESTIMATED),
    )
    return found.loc[~stands | right.notna(), list(figures.columns)]
