"""Refused rows as the table `quarantine`: where each stands, why, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from etl.refusals import of_whole_files, refusal, wrong_options
from warehouse.schema.tables import QUARANTINE, conform

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.errors import Refusal

__all__ = ["of_whole_files", "refusal", "table", "was_not_refused", "wrong_options"]

SAME = ["dataset", "file", "sheet", "column", "value", "rule"]  # its line may have moved


def table(refused: Iterable[tuple[str, str, Refusal]]) -> pa.Table:
    """Return the table of (dataset, file, refusal), in the order of its key.

    One row for each cell or, where there is no line, for each value that is refused.
    """
    rows = {
        (dataset, file, r.sheet, r.line, r.column, r.value): {
            "dataset": dataset,
            "file": file,
            "sheet": r.sheet,
            "line": r.line,
            "column": r.column,
            "value": r.value,
            "rule": r.rule,
            **{f"message_{language}": text for language, text in r.message.items()},
            **{f"suggestion_{language}": text for language, text in r.suggestion.items()},
        }
        for dataset, file, r in refused
    }
    ordered = [row for _, row in sorted(rows.items())]
    return conform("quarantine", pa.Table.from_pylist(ordered, schema=QUARANTINE.schema))


def was_not_refused(refused: pd.DataFrame, before: pd.DataFrame) -> pd.Series[bool]:
    """Return which refusals the release `before` does not have; a failed file always counts."""
    now, known = (pd.MultiIndex.from_frame(rows[SAME].fillna("")) for rows in (refused, before))
    return ~pd.Series(now.isin(known), index=refused.index) | of_whole_files(refused["rule"])
