"""Refused rows as the table `quarantine`: where each stands, why, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from etl.refusals import LONGEST, of_whole_files, refusal, wrong_options
from warehouse.contract import QUARANTINE, conform

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.errors import Refusal

__all__ = ["of_whole_files", "refusal", "table", "wrong_options"]


def table(refused: Iterable[tuple[str, str, Refusal]]) -> pa.Table:
    """Return the table of (dataset, file, refusal), one row for each cell, in that order."""
    rows = {
        (dataset, file, r.sheet, r.line, r.column): {
            "dataset": dataset,
            "file": file,
            "sheet": r.sheet,
            "line": r.line,
            "column": r.column,
            "value": r.value[:LONGEST],
            "rule": r.rule,
            **{f"message_{language}": text for language, text in r.message.items()},
            **{f"suggestion_{language}": text for language, text in r.suggestion.items()},
        }
        for dataset, file, r in refused
    }
    ordered = [row for _, row in sorted(rows.items())]
    return conform("quarantine", pa.Table.from_pylist(ordered, schema=QUARANTINE.schema))
