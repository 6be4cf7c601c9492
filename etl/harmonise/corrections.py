"""Known errors of providers, corrected only as long as the wrong figure is still published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from warehouse.schema.input_tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.declarations.models import Correction

KEY = ["variable", "territory", "period"]
TOLERANCE = 1e-9
ESTIMATED = "E"


def correct(figures: pd.DataFrame, corrections: Iterable[Correction]) -> pd.DataFrame:
    """Return the figures of one dataset with its corrections (columns `KEY`, value, obs_status).

    A figure that is no longer the expected wrong one stays as published. A corrected figure is
    an estimate (E); one whose right value is unknown is left out, not zero.
    """
    declared_values = pd.DataFrame(
        [{**{k: getattr(c, k) for k in KEY}, "wrong": c.expected, "corrected": c.corrected}
         for c in corrections],
        columns=[*KEY, "wrong", "corrected"],
    )  # fmt: skip
    if declared_values.empty:
        return figures
    rows = figures.merge(declared_values, on=KEY, how="left")
    is_wrong = ((rows["value"] - rows["wrong"]).abs() <= TOLERANCE).to_numpy()
    corrected = rows["corrected"].astype(float)
    rows = rows.assign(
        value=rows["value"].mask(is_wrong, corrected),
        obs_status=rows["obs_status"].mask(is_wrong, ESTIMATED),
    )
    return rows.loc[~is_wrong | corrected.notna(), list(figures.columns)]


def correction_table(
    figures: pd.DataFrame, corrections: Iterable[Correction], dataset: str
) -> pa.Table:
    """Return the table `correction`: the figure that the file has now, and whether it is wrong.

    `figures` are those before they are corrected.
    """
    values = figures.set_index(KEY)["value"]
    rows = []
    for c in corrections:
        key = (c.variable, c.territory, c.period)
        value = float(values[key]) if key in values.index and pd.notna(values[key]) else None
        rows.append(
            c.model_dump(exclude={"reason"})
            | {f"reason_{language}": c.reason.in_(language) for language in ("it", "en")}
            | {"dataset": dataset, "found": value}
            | {"applied": value is not None and abs(value - c.expected) <= TOLERANCE}
        )
    return pa.Table.from_pylist(rows, schema=INPUTS["correction"].schema)
