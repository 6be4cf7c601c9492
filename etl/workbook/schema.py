"""Sheets and columns of the office's workbooks, declared in `<workbook>.yaml`."""

from __future__ import annotations

from functools import cache, cached_property
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from warehouse.declarations.base import Declaration, Text
from warehouse.yaml_loader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from etl.parsing.layout import Lists

FOLDER = Path(__file__).parent
NAMES = ("projects", "indicators")
SEVERAL = ";"  # separates the values of a cell that takes more than one
VARIABLE_SUFFIXES = {"numerator": "", "denominator": "_denominator"}  # of local indicators

Kind = Literal[
    "text", "code", "name", "whole", "number", "euro", "share", "day", "period", "flag", "cup",
    "cig", "programme", "link",
]  # fmt: skip
Language = Literal["it", "en"]


class Column(Declaration):
    """A column of a sheet.

    `choices` are ids with their words, `from_list` names a list of the catalogue; `refers` is the
    sheet whose key this column repeats, or adds to its list; `after` the column whose day or number
    comes before this one; `least` and `most` the bounds of a number; `may_be_absent` a column that
    earlier templates do not have, and `also` the titles that earlier templates gave it.
    """

    kind: Kind
    title: Text
    needed: bool = False
    several: bool = False
    choices: dict[str, Text] = Field(default_factory=dict)
    from_list: str | None = None
    refers: str | None = None
    after: str | None = None
    least: float | None = None
    most: float | None = None
    note: Text | None = None
    example: str | None = None
    may_be_absent: bool = False
    also: tuple[Text, ...] = ()

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest allowed number."""
        least, most = self.least, self.most
        return (-inf if least is None else least, inf if most is None else most)


class Sheet(Declaration):
    """A sheet: its title, its columns, and its key, the columns that identify a row.

    `whole_rows`: a rejected cell rejects its row, which would mean something else without it.
    `may_be_absent`: earlier templates do not have it. `may_stand_alone`: the first sheet may be
    empty where this one has rows.
    `positions`: the index of each column in the workbook that is read.
    """

    title: Text
    key: tuple[str, ...]
    columns: dict[str, Column]
    whole_rows: bool = False
    may_be_absent: bool = False
    may_stand_alone: bool = False
    language: Language = "it"
    positions: dict[str, int] = Field(default_factory=dict)

    @property
    def current_title(self) -> str:
        """The title in the language of the workbook that is read."""
        return self.title.in_(self.language)

    @cached_property
    def names_by_title(self) -> dict[str, str]:
        """The columns by each of their titles, in lower case."""
        names: dict[str, str] = {}
        for name, column in self.columns.items():
            for title in (column.title, *column.also):
                for language in ("it", "en"):
                    names.setdefault(title.in_(language).casefold(), name)
        return names

    def column_title(self, name: str) -> str:
        """Return the title of a column in the language of the workbook that is read."""
        return self.columns[name].title.in_(self.language)

    def label(self, name: str) -> str:
        """Return a column's label for people: its letter, if its position is known, and title."""
        position, title = self.positions.get(name), self.column_title(name)
        return title if position is None else column_label(position, title)


class Workbook(Declaration):
    """A workbook with its sheets in order."""

    title: Text
    help: Text
    sheets: dict[str, Sheet]

    def in_language_of(self, titles: Iterable[str]) -> Workbook:
        """Return the workbook in the language of most of the sheets' `titles`."""
        present = {title.strip().casefold() for title in titles}
        english = [s for s in self.sheets.values() if s.title.en.casefold() in present]
        italian = [s for s in self.sheets.values() if s.title.it.casefold() in present]
        language = "en" if len(english) > len(italian) else "it"
        sheets = {n: s.model_copy(update={"language": language}) for n, s in self.sheets.items()}
        return self.model_copy(update={"sheets": sheets})


def column_label(position: int, title: str) -> str:
    """Return a column's letter and, if it has one, its title."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  # slow, for workbooks only

    letter = get_column_letter(position + 1)
    return f"{letter} ({title})" if title else letter


@cache
def workbook(name: str) -> Workbook:
    """Return the declaration of a workbook, one of `NAMES`."""
    content = read_yaml((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return Workbook.model_validate(content)


def example_of(column: Column, lists: Lists) -> str | None:
    """Return what the example row has in a column: of a list, an entry that the city has."""
    offered = lists.get(column.from_list or "", {})
    if column.example is None or not offered or column.example in offered:
        return column.example
    return next(iter(offered))


def words(column: Column, lists: Lists, language: str) -> Mapping[str, str]:
    """Return the choices of a column: id → word; empty where any value is allowed."""
    if column.choices:
        return {name: text.in_(language) for name, text in column.choices.items()}
    return lists.get(column.from_list or "", {})
