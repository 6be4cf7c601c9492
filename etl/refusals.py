"""Refusals in the words of `rules.yaml`: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.errors import Refusal
from warehouse.yaml_loader import read_yaml

if TYPE_CHECKING:
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
    content: dict[str, dict[str, Any]] = read_yaml(RULES.read_text(encoding="utf-8"))
    return content
