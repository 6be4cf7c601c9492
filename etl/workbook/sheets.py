"""What a workbook's sheets hold: read from `<workbook>.yaml`, used by template and reading."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field

from warehouse.declarations import Declaration, Text

FOLDER = Path(__file__).parent
NAMES = ("projects", "indicators")
SEVERAL = ";"  # splits the values of a cell that takes more than one

Kind = Literal[
    "text", "code", "name", "whole", "number", "euro", "share", "day", "period", "flag", "cup",
    "cig", "programme",
]  # fmt: skip
Lists = dict[str, dict[str, str]]  # of the catalogue: list → id → the word that people choose


class Column(Declaration):
    """A column of a sheet.

    `choices` are ids with their words, `known` names a list of the catalogue; `refers` is the
    sheet whose key this column repeats; `after` the column of the day that this day follows.
    """

    kind: Kind
    title: Text
    needed: bool = False
    several: bool = False
    choices: dict[str, Text] = Field(default_factory=dict)
    known: str | None = None
    refers: str | None = None
    after: str | None = None
    note: Text | None = None
    example: str | None = None


class Sheet(Declaration):
    """A sheet: its title, its columns, and those that tell one row from another."""

    title: Text
    key: tuple[str, ...]
    columns: dict[str, Column]


class Workbook(Declaration):
    """A workbook with its sheets in order."""

    title: Text
    help: Text
    sheets: dict[str, Sheet]


@cache
def workbook(name: str) -> Workbook:
    """Return the declaration of a workbook, one of `NAMES`."""
    content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return Workbook.model_validate(content)


def words(column: Column, lists: Lists, language: str) -> dict[str, str]:
    """Return what may be chosen in a column: id → word; empty where anything goes."""
    if column.choices:
        return {name: text.in_(language) for name, text in column.choices.items()}
    return lists.get(column.known or "", {})
