"""Rejected rows: the rule each breaks, its place, what to do; and the table `quarantine`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from warehouse.errors import Rejection, explain
from warehouse.messages import LANGUAGES, texts
from warehouse.schema.conform import conform
from warehouse.schema.input_tables import QUARANTINE

if TYPE_CHECKING:
    from collections.abc import Iterable

IDENTITY = ["dataset", "file", "sheet", "column", "value", "rule"]  # its line may have moved
LONGEST = 200  # characters of a value that are stored


def reject(
    rule: str,
    what: object = "",
    *,
    line: int = 0,
    column: str = "",
    value: object = "",
    sheet: str = "",
    **values: object,
) -> Rejection:
    """Return a rejection by a rule of `rules.yaml`; line 0 means the whole file.

    `what`, the place and `values` fill the rule's texts; a list is written with commas, and a
    value that differs by language is a mapping of `it` and `en`.
    """
    values |= {"what": what, "line": line, "column": column, "value": value, "sheet": sheet}
    used = {name: _as_text(values[name]) for name in _places(rule)}
    return Rejection(line, column, str(value)[:LONGEST], rule, used, sheet)


def is_whole_file(rules: pd.Series[str]) -> pd.Series[bool]:
    """Return which rules reject a file as a whole, so that its earlier figures stay."""
    return rules.isin([key.removesuffix(".whole_file") for key in texts("rules")])


def is_new(rejected: pd.DataFrame, before: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows the release `before` does not reject; a failed file is always new."""
    keys, earlier = (
        pd.MultiIndex.from_frame(rows[IDENTITY].fillna("")) for rows in (rejected, before)
    )
    return ~pd.Series(keys.isin(earlier), index=rejected.index) | is_whole_file(rejected["rule"])


def missing_last(rejected: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with files that are not there last: a folder of one file lacks all others."""
    return rejected.sort_values("rule", key=lambda rule: rule.eq("file_missing"), kind="stable")


def table(rejections: Iterable[tuple[str, str, Rejection]]) -> pa.Table:
    """Return the table of (dataset, file, rejection), in the order of its key.

    One row per cell or, where there is no line, per rejected value.
    """
    rows = {
        (dataset, file, r.sheet, r.line, r.column, r.value): with_texts(
            {
                "dataset": dataset,
                "file": file,
                "sheet": r.sheet,
                "line": r.line,
                "column": r.column,
                "value": r.value,
                "rule": r.rule,
                "values": json.dumps(r.values, ensure_ascii=False),
            }
        )
        for dataset, file, r in rejections
    }
    ordered = [row for _, row in sorted(rows.items())]
    return conform("quarantine", pa.Table.from_pylist(ordered, schema=QUARANTINE.schema))


def with_note(row: dict[Any, Any], note: Rejection) -> dict[Any, Any]:
    """Return a row of the table whose message ends with that of a further rule."""
    if not row["values"]:  # an older release has texts only
        return row | {f"message_{n}": f"{row[f'message_{n}']} {note.message[n]}" for n in LANGUAGES}
    note_values = {"rule": note.rule} | dict(note.values)
    values = json.loads(row["values"]) | {"note": note_values}
    return with_texts(row | {"values": json.dumps(values, ensure_ascii=False)})


def with_texts(row: dict[Any, Any]) -> dict[Any, Any]:
    """Return a row of the table with its texts, which readers of the last release expect."""
    for language in LANGUAGES:
        row[f"message_{language}"], row[f"suggestion_{language}"] = explain(row, language)
    return row


def explained(rejected: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return rows of the table with `message` and `suggestion` in one language."""
    pairs = [explain(row, language) for row in rejected.to_dict("records")]
    columns = {"message": [m for m, _ in pairs], "suggestion": [s for _, s in pairs]}
    return rejected.assign(**columns)


@cache
def _places(rule: str) -> frozenset[str]:
    """Return the names that the texts of a rule fill in."""
    entries = [texts("rules")[f"{rule}.{part}"] for part in ("message", "suggestion")]
    parsed = (Formatter().parse(entry[language]) for entry in entries for language in LANGUAGES)
    return frozenset(name for parts in parsed for _, name, _, _ in parts if name)


def _as_text(value: object) -> str | dict[str, str]:
    if isinstance(value, Mapping):
        return {language: str(_as_text(value[language])) for language in LANGUAGES}
    if isinstance(value, (list, tuple)):
        value = ", ".join(map(str, value))
    return str(value)[:LONGEST]
