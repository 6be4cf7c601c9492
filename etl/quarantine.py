"""Refused rows as the table `quarantine`: where each stands, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import yaml

from warehouse.contract import QUARANTINE, conform
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from pydantic import ValidationError

RULES = Path(__file__).with_name("rules.yaml")
LONGEST = 200  # characters of a refused value or message that are kept


def refusal(
    rule: str,
    what: object = "",
    *,
    line: int = 0,
    column: str = "",
    value: object = "",
    sheet: str = "",
    **filled: object,
) -> Refusal:
    """Return a refusal in the words of `rules.yaml`; line 0 means the whole file.

    `what`, the place and `filled` are the fillings of the words; a list is written with commas,
    and a filling that differs by language is a mapping of `it` and `en`.
    """
    said = {"what": what, "line": line, "column": column, "value": value, "sheet": sheet, **filled}
    words = _rules()[rule]
    message, suggestion = (
        {to: text.format(**_in(said, to)) for to, text in words[part].items()}
        for part in ("message", "suggestion")
    )
    return Refusal(line, column, str(value)[:LONGEST], rule, message, suggestion, sheet)


def wrong_options(layout: str, error: ValidationError) -> Refusal:
    """Return the fault of options that a layout does not understand: it names the fields."""
    fields = [".".join(map(str, fault["loc"])) for fault in error.errors()]
    return refusal("options", layout, faults=fields)


def of_whole_files(rules: pd.Series[str]) -> pd.Series[bool]:
    """Return which refusals are of a file as a whole, whose figures stay those of before."""
    whole = [rule for rule, words in _rules().items() if words.get("whole_file")]
    return rules.isin(whole)


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


def _in(said: Mapping[str, object], language: str) -> dict[str, str]:
    return {name: _short(value, language) for name, value in said.items()}


def _short(value: object, language: str) -> str:
    if isinstance(value, Mapping):
        value = value[language]
    elif isinstance(value, (list, tuple)):
        value = ", ".join(map(str, value))
    return str(value)[:LONGEST]


@cache
def _rules() -> dict[str, dict[str, Any]]:
    content: dict[str, dict[str, Any]] = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    return content
