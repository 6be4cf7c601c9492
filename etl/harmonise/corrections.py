"""Known errors of providers, mended only while the wrong figure still stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from warehouse.schema.tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.declarations.models import Correction

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


def guards(figures: pd.DataFrame, corrections: Iterable[Correction], dataset: str) -> pa.Table:
    """Return the table `correction`: what the file says now, and whether the guard still holds.

    `figures` are those before they are mended.
    """
    said = figures.set_index(KEY)["value"]
    rows = []
    for c in corrections:
        key = (c.variable, c.territory, c.period)
        found = float(said[key]) if key in said.index and pd.notna(said[key]) else None
        rows.append(
            c.model_dump(exclude={"reason"})
            | {f"reason_{language}": c.reason.in_(language) for language in ("it", "en")}
            | {"dataset": dataset, "found": found}
            | {"applied": found is not None and abs(found - c.expected) <= TOLERANCE}
        )
    return pa.Table.from_pylist(rows, schema=INPUTS["correction"].schema)
