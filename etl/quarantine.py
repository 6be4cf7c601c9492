"""Refused rows as the table `quarantine`: where each stands, why, and what to do about it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import yaml

from etl.reading import Refusal
from warehouse.contract import QUARANTINE, conform

if TYPE_CHECKING:
    from collections.abc import Iterable

RULES = Path(__file__).with_name("rules.yaml")
LONGEST = 200  # characters of a refused value or message that are kept


def refusal(
    rule: str, what: object, *, line: int = 0, column: str = "", value: object = ""
) -> Refusal:
    """Return a refusal in the words of `rules.yaml`; line 0 means the whole file."""
    words = _rules()[rule]
    said = str(what)[:LONGEST]
    message, suggestion = (
        {language: text.format(what=said) for language, text in words[part].items()}
        for part in ("message", "suggestion")
    )
    return Refusal(line, column, str(value)[:LONGEST], rule, message, suggestion)


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


@cache
def _rules() -> dict[str, dict[str, dict[str, str]]]:
    content: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(
        RULES.read_text(encoding="utf-8")
    )
    return content
