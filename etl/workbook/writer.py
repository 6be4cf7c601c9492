"""The empty workbook: lists to choose from, notes, an example row, protected headers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from etl.workbook.schema import SEVERAL, example_of, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from etl.parsing.layout import Lists
    from etl.workbook.schema import Column, Sheet, Workbook

    Rows = Mapping[str, Sequence[Mapping[str, Any]]]

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
IDS, TITLES, FIRST = 0, 1, 2  # rows: the hidden ids, the titles, the first one to fill
MAX_ROWS = 2000  # rows that lists and formats cover
FORMATS = {"day": "dd/mm/yyyy", "euro": "#,##0.00", "share": "0.00", "number": "General"}
WIDTHS = {"day": 13, "euro": 16, "share": 9, "flag": 10, "whole": 9, "period": 11, "cup": 18}
RULES: dict[str, dict[str, Any]] = {
    "day": {"validate": "date", "criteria": ">", "value": date(1990, 1, 1)},
    "share": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
    "euro": {"validate": "decimal", "criteria": ">=", "value": 0},
}
YES_NO = {"it": ("sì", "no"), "en": ("yes", "no")}
MAX_LIST = 250  # characters that Excel accepts in a list written inside a rule


def template(book: Workbook, lists: Lists, language: str, rows: Rows | None = None) -> bytes:
    """Return an .xlsx in `language`; `rows` by sheet fill it instead of the example row."""
    buffer = BytesIO()
    output = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    output.set_properties({"title": book.title.in_(language), "created": SINCE})  # the same bytes
    writer = _Writer(output, lists, language)
    writer.cover(book)
    for name, sheet in book.sheets.items():
        writer.sheet(sheet, None if rows is None else rows.get(name, []))
    writer.offered_lists()
    output.close()
    return buffer.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, output: xlsxwriter.Workbook, lists: Lists, language: str) -> None:
        self._output, self._lists, self._language = output, lists, language
        self._offered: dict[str, list[str]] = {}
        bold = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
        self._header = output.add_format({**bold, "bg_color": "#D9E2EC", "locked": True})
        self._wrap = output.add_format({"text_wrap": True, "valign": "top"})
        self._open = {
            kind: output.add_format({"locked": False, "num_format": form})
            for kind, form in FORMATS.items()
        }
        self._text = output.add_format({"locked": False, "num_format": "@"})

    def cover(self, book: Workbook) -> None:
        page = self._output.add_worksheet("Leggimi" if self._language == "it" else "Read me")
        page.set_column(0, 0, 100, self._wrap)
        page.write(0, 0, book.title.in_(self._language), self._header)
        page.write(1, 0, book.help.in_(self._language))
        for row, sheet in enumerate(book.sheets.values(), start=3):
            page.write(row, 0, sheet.title.in_(self._language))

    def sheet(self, sheet: Sheet, rows: Iterable[Mapping[str, Any]] | None) -> None:
        page = self._output.add_worksheet(sheet.title.in_(self._language))
        page.freeze_panes(FIRST, len(sheet.key))
        page.set_row(IDS, None, None, {"hidden": True})
        page.set_row(TITLES, 34)
        for position, (name, column) in enumerate(sheet.columns.items()):
            self._column(page, position, name, column)
        filled_rows = [_example(sheet, self._lists)] if rows is None else rows
        for number, row in enumerate(filled_rows, start=FIRST):
            for position, (name, column) in enumerate(sheet.columns.items()):
                self._cell(page, number, position, column, row.get(name))
        page.protect(options={"format_cells": True, "format_columns": True, "format_rows": True,
                              "insert_rows": True, "delete_rows": True, "sort": True,
                              "autofilter": True})  # fmt: skip

    def _column(self, page: Any, position: int, name: str, column: Column) -> None:  # noqa: ANN401  # xlsxwriter's sheet
        title = column.title.in_(self._language) + (" *" if column.needed else "")
        page.write_string(IDS, position, name, self._header)
        page.write_string(TITLES, position, title, self._header)
        page.set_column(position, position, WIDTHS.get(column.kind, 24), self._format(column))
        if column.note:
            page.write_comment(TITLES, position, column.note.in_(self._language))
        rule = self._rule(column)
        if rule:
            page.data_validation(FIRST, position, FIRST + MAX_ROWS, position, rule)

    def _format(self, column: Column) -> Any:  # noqa: ANN401  # xlsxwriter's format
        return self._open.get(column.kind, self._text)

    def _rule(self, column: Column) -> dict[str, Any]:
        """Return the rule that Excel checks during typing; cells of several values have none."""
        if column.several:
            return {}
        offered = list(words(column, self._lists, self._language).values())
        if column.kind == "flag":
            offered = list(YES_NO[self._language])
        if offered:
            long = len(",".join(offered)) > MAX_LIST or any("," in word for word in offered)
            source = self._range(column.from_list or "", offered) if long else offered
            return {"validate": "list", "source": source, "error_type": "warning"}
        return RULES.get(column.kind, {})

    def _range(self, name: str, offered: list[str]) -> str:
        self._offered[name] = offered
        letter = xl_col_to_name(list(self._offered).index(name))
        return f"=Elenchi!${letter}$2:${letter}${len(offered) + 1}"

    def offered_lists(self) -> None:
        """Write the long lists to a separate sheet that the rules refer to."""
        page = self._output.add_worksheet("Elenchi")
        for position, (name, offered) in enumerate(self._offered.items()):
            page.write_column(0, position, [name, *offered])
        page.hide()
        page.protect()

    def _cell(self, page: Any, row: int, position: int, column: Column, value: Any) -> None:  # noqa: ANN401  # the same, and any kind of value
        form = self._format(column)
        offered = words(column, self._lists, self._language)
        if value is None or value in ("", []):
            return
        if column.several:
            values = value if isinstance(value, list) else str(value).split(SEVERAL)
            page.write_string(
                row, position, f"{SEVERAL} ".join(offered.get(v, v) for v in values), form
            )
        elif column.kind == "day":
            page.write_datetime(row, position, _as_day(value), form)
        elif column.kind in ("euro", "share", "number", "whole"):
            page.write_number(row, position, float(value), form)
        elif column.kind == "flag":
            page.write_string(row, position, YES_NO[self._language][not value], form)
        else:
            page.write_string(row, position, offered.get(str(value), str(value)), form)


def _as_day(value: Any) -> date:  # noqa: ANN401  # a day or its words
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _example(sheet: Sheet, lists: Lists) -> dict[str, Any]:
    examples = {name: example_of(column, lists) for name, column in sheet.columns.items()}
    return {name: example for name, example in examples.items() if example}
