"""Readers of the parts of an .xlsx that may be long: shared texts and sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils.datetime import from_excel

from etl.workbook.cell_values import VALUES, Cell, Cells, ExcelError, UncalculatedFormula, decoded
from etl.workbook.xml_events import Events, Refused

if TYPE_CHECKING:
    from datetime import datetime

MOST_COLUMNS = 16_384  # of Excel
MOST_TEXTS = 2_000_000  # shared by all cells


class TextEvents(Events):
    """Collects the texts that cells refer to; phonetic readings are left out."""

    def __init__(self) -> None:
        super().__init__(
            {"si": self._start_text, "t": self.collect},
            {"t": self._end_run, "rPh": self._end_reading, "si": self._end_text},
        )
        self.texts: list[str] = []
        self._runs: list[str] = []

    def _start_text(self, _attributes: dict[str, str]) -> None:
        self._runs = []

    def _end_run(self) -> None:
        self._runs.append(self.collected())

    def _end_reading(self) -> None:
        self._runs.pop()

    def _end_text(self) -> None:
        if len(self.texts) == MOST_TEXTS:
            raise Refused(MOST_TEXTS)
        self.texts.append(decoded("".join(self._runs)))


class SheetEvents(Events):
    """Collects the rows of a sheet; `is_over` after the last."""

    def __init__(self, texts: list[str], date_styles: dict[str, bool], epoch: datetime) -> None:
        super().__init__(
            {
                "row": self._start_row,
                "c": self._start_cell,
                "f": self._start_formula,
                "v": self.collect,
                "t": self.collect,
            },
            {
                "v": self._end_value,
                "t": self._end_run,
                "rPh": self._end_reading,
                "c": self._end_cell,
                "row": self._end_row,
                "sheetData": self._end_sheet,
            },
        )
        self._texts, self._date_styles, self._epoch = texts, date_styles, epoch
        self.zeros_are_stale = False
        self.is_over = False
        self._rows: list[tuple[int, Cells]] = []
        self._line = 0
        self._cells: Cells = {}
        self._indices: dict[str, int] = {}
        self._column = -1
        self._attributes: dict[str, str] = {}
        self._value, self._has_formula = "", False
        self._runs: list[str] = []

    def taken(self) -> list[tuple[int, Cells]]:
        """Return the complete rows, and forget them."""
        rows, self._rows = self._rows, []
        return rows

    def _start_row(self, attributes: dict[str, str]) -> None:
        line = attributes.get("r")
        self._line = int(float(line)) if line else self._line + 1
        self._cells, self._column = {}, -1

    def _end_row(self) -> None:
        if self._cells:
            self._rows.append((self._line, self._cells))

    def _end_sheet(self) -> None:
        self.is_over = True

    def _start_formula(self, _attributes: dict[str, str]) -> None:
        self._has_formula = True

    def _end_value(self) -> None:
        self._value = self.collected()

    def _end_run(self) -> None:
        self._runs.append(self.collected())

    def _end_reading(self) -> None:
        self._runs.pop()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        self._value, self._has_formula, self._runs = "", False, []
        if place := attributes.get("r"):
            letters = place.rstrip("0123456789")
            if letters not in self._indices:
                self._indices[letters] = _index_of(letters)
            self._column = self._indices[letters]
        else:
            self._column += 1

    def _end_cell(self) -> None:
        if self._column < MOST_COLUMNS and (value := self._cell()) is not None:
            self._cells[self._column] = value

    def _cell(self) -> Cell | None:
        kind, text = self._attributes.get("t", "n"), self._value or "".join(self._runs)
        if self._has_formula:
            is_stale = text == "0" and self.zeros_are_stale
            if is_stale or (not text and kind != "str"):
                return UncalculatedFormula()
        if not text:
            return None
        if kind == "n":
            return self._number(text)
        if kind == "s":
            return self._texts[int(text)] or None
        return VALUES[kind](text)

    def _number(self, text: str) -> Cell:
        number = int(text) if text.isdecimal() else float(text)
        is_duration = self._date_styles.get(self._attributes.get("s", "0"))
        if is_duration is None:
            return number
        try:
            moment: Cell = from_excel(number, self._epoch, timedelta=is_duration)
        except (OverflowError, ValueError):
            return ExcelError("#NUM!")  # as Excel shows a day that it cannot count
        return moment


def _index_of(letters: str) -> int:
    """Return the index of a column from its letters; `A` is 0."""
    index = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise Refused(letters)
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
