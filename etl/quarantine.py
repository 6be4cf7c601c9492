"""Rejected rows: which rule each breaks, where, what to do; and the table that keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from warehouse.errors import Rejection
from warehouse.messages import texts
from warehouse.schema.conform import conform
from warehouse.schema.tables import QUARANTINE

if TYPE_CHECKING:
    from collections.abc import Iterable

SAME = ["dataset", "file", "sheet", "column", "value", "rule"]  # its line may have moved
LONGEST = 200  # characters of a refused value or message that are kept


def reject(
    rule: str,
    what: object = "",
    *,
    line: int = 0,
    column: str = "",
    value: object = "",
    sheet: str = "",
    **filled: object,
) -> Rejection:
    """Return a refusal in the words of `rules.yaml`; line 0 means the whole file.

    `what`, the place and `filled` are the fillings of the words; a list is written with commas,
    and a filling that differs by language is a mapping of `it` and `en`.
    """
    said = {"what": what, "line": line, "column": column, "value": value, "sheet": sheet, **filled}
    message, suggestion = (
        {to: text.format(**_in(said, to)) for to, text in texts("rules")[f"{rule}.{part}"].items()}
        for part in ("message", "suggestion")
    )
    return Rejection(line, column, str(value)[:LONGEST], rule, message, suggestion, sheet)


def of_whole_files(rules: pd.Series[str]) -> pd.Series[bool]:
    """Return which refusals are of a file as a whole, whose figures stay those of before."""
    return rules.isin([key.removesuffix(".whole_file") for key in texts("rules")])


def _in(said: Mapping[str, object], language: str) -> dict[str, str]:
    return {name: _short(value, language) for name, value in said.items()}


def _short(value: object, language: str) -> str:
    if isinstance(value, Mapping):
        value = value[language]
    elif isinstance(value, (list, tuple)):
        value = ", ".join(map(str, value))
    return str(value)[:LONGEST]


def table(refused: Iterable[tuple[str, str, Rejection]]) -> pa.Table:
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
