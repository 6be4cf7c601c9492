"""Values of a spreadsheet's cells: texts, numbers, days, errors, formulas without a result."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from openpyxl.utils.datetime import from_ISO8601

if TYPE_CHECKING:
    from collections.abc import Callable

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # a sign that XML cannot hold
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class ExcelError(str):
    """The error that a cell shows, such as `#REF!`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class UncalculatedFormula:
    """A formula whose result the file does not state."""

    def __str__(self) -> str:
        """Return a sign of its own, never empty."""
        return "="


Cell = str | float | int | bool | date | time | timedelta | UncalculatedFormula
Cells = dict[int, Cell]  # those that are not empty, by the column's index from 0


def decoded(text: str) -> str:
    r"""Return a text with its escaped signs, line ends as `\n`, without control signs."""
    if "_x" in text:
        text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    if not text.isprintable():
        text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text


def _moment(text: str) -> Cell:
    moment: Cell = from_ISO8601(text)  # type: ignore[no-untyped-call]  # openpyxl's stubs
    return moment


VALUES: dict[str, Callable[[str], Cell]] = {  # by the type of a cell; no workbook has another
    "str": decoded,
    "inlineStr": decoded,
    "b": lambda text: text.strip() in ("1", "true"),
    "e": ExcelError,
    "d": _moment,
}
