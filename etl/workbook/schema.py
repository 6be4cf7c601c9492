"""What a workbook's sheets hold: read from `<workbook>.yaml`, used by template and reading."""

from __future__ import annotations

from functools import cache
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from openpyxl.utils import get_column_letter
from pydantic import Field

from warehouse.declarations.base import Declaration, Text
from warehouse.yaml_loader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from etl.parsing.layout import Lists

FOLDER = Path(__file__).parent
NAMES = ("projects", "indicators")
SEVERAL = ";"  # splits the values of a cell that takes more than one

Kind = Literal[
    "text", "code", "name", "whole", "number", "euro", "share", "day", "period", "flag", "cup",
    "cig", "programme",
]  # fmt: skip
Language = Literal["it", "en"]


class Column(Declaration):
    """A column of a sheet.

    `choices` are ids with their words, `known` names a list of the catalogue; `refers` is the
    sheet whose key this column repeats; `after` the column whose day or number comes before this
    one; `least` and `most` the numbers between which a number stands.
    """

    kind: Kind
    title: Text
    needed: bool = False
    several: bool = False
    choices: dict[str, Text] = Field(default_factory=dict)
    known: str | None = None
    refers: str | None = None
    after: str | None = None
    least: float | None = None
    most: float | None = None
    note: Text | None = None
    example: str | None = None

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most that a number may be."""
        least, most = self.least, self.most
        return (-inf if least is None else least, inf if most is None else most)


class Sheet(Declaration):
    """A sheet: its title, its columns, and those that tell one row from another.

    `whole`: a refused cell costs its row, which would say something else without it. `at`: where
    a workbook in hand has each column, from 0.
    """

    title: Text
    key: tuple[str, ...]
    columns: dict[str, Column]
    whole: bool = False
    language: Language = "it"
    at: dict[str, int] = Field(default_factory=dict)

    @property
    def called(self) -> str:
        """The title as the workbook in hand has it."""
        return self.title.in_(self.language)

    def titled(self, name: str) -> str:
        """Return the title of a column in the language of the workbook in hand."""
        return self.columns[name].title.in_(self.language)

    def label(self, name: str) -> str:
        """Name a column as people see it: its letter, where it has one, and its title."""
        position, title = self.at.get(name), self.titled(name)
        return title if position is None else lettered(position, title)


class Workbook(Declaration):
    """A workbook with its sheets in order."""

    title: Text
    help: Text
    sheets: dict[str, Sheet]

    def as_written(self, titles: Iterable[str]) -> Workbook:
        """Return the workbook in the language of the `titles` that its sheets have."""
        known = {title.strip().casefold() for title in titles}
        english = [s for s in self.sheets.values() if s.title.en.casefold() in known]
        italian = [s for s in self.sheets.values() if s.title.it.casefold() in known]
        language = "en" if len(english) > len(italian) else "it"
        sheets = {n: s.model_copy(update={"language": language}) for n, s in self.sheets.items()}
        return self.model_copy(update={"sheets": sheets})


def lettered(position: int, title: str) -> str:
    """Name a column by its letter and, if it has one, its title."""
    letter = get_column_letter(position + 1)
    return f"{letter} ({title})" if title else letter


@cache
def workbook(name: str) -> Workbook:
    """Return the declaration of a workbook, one of `NAMES`."""
    content = read_yaml((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return Workbook.model_validate(content)


def words(column: Column, lists: Lists, language: str) -> Mapping[str, str]:
    """Return what may be chosen in a column: id → word; empty where anything goes."""
    if column.choices:
        return {name: text.in_(language) for name, text in column.choices.items()}
    return lists.get(column.known or "", {})
