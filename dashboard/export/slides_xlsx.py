"""Slides as a workbook: a sheet a slide with typed values and a native chart, and their sources."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter

from dashboard.export.cells import WORKBOOK_OPTIONS, properties

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from dashboard.context import Context
    from dashboard.presentation import Presentation
    from dashboard.slides import Slide

HEAD_ROW = 3  # under the title, the number and an empty row; from 0
MOST_OF_A_NAME = 25  # characters of a sheet's name after its position: Excel takes 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
BAR_COLOUR, MARKED_COLOUR = "#7B8A9A", "#B34700"

Cell = str | float | None


def workbook(context: Context, presentation: Presentation) -> bytes:
    """Return the slides of a presentation as XLSX."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, WORKBOOK_OPTIONS)
    book.set_properties({**properties(context.data.store.manifest), "title": presentation.title})
    for position, slide in enumerate(presentation.slides, 1):
        name = f"{position} {slide.tab.translate(FORBIDDEN)[:MOST_OF_A_NAME]}".strip()
        _slide(context, book, book.add_worksheet(name), slide)
    _about(context, book, presentation)
    book.close()
    return out.getvalue()


def _slide(context: Context, book: Workbook, sheet: Worksheet, slide: Slide) -> None:
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1})
    mark = f" ({context.text('demo.mark')})" if slide.demonstration else ""
    sheet.write(0, 0, slide.title + mark, bold)
    number = slide.number
    if number:
        sheet.write_row(1, 0, [number.place, f"{number.value} {number.unit}", number.movement])
    sheet.write_row(HEAD_ROW, 0, _columns(context, slide), head)
    for line, (cells, decimals) in enumerate(_cells(slide), HEAD_ROW + 1):
        form = book.add_format({"num_format": _number_format(decimals)})
        for column, cell in enumerate(cells):
            sheet.write(line, column, cell, form if isinstance(cell, float) else None)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 3, 22)
    if slide.bars:
        _chart(book, sheet, slide)


def _columns(context: Context, slide: Slide) -> Sequence[str]:
    names = ("name", "value") if slide.bars else ("name", "note", "value", "unit", "change")
    return [context.text(f"export.column_{name}") for name in names]


def _cells(slide: Slide) -> Iterator[tuple[list[Cell], int]]:
    """Yield the cells of each line and the decimals of its numbers, rounded as printed."""
    if slide.bars:
        for bar in slide.bars:
            yield [bar.label, round(float(bar.amount), slide.decimals)], slide.decimals
        if slide.mark:
            yield (
                [slide.mark.label, round(float(slide.mark.amount), slide.decimals)],
                slide.decimals,
            )
        return
    for row in slide.rows:
        is_number = row.amount is not None
        value: Cell = round(float(row.amount or 0), row.decimals) if is_number else row.value
        yield [row.label, row.note, value, row.unit, row.movement], row.decimals


def _number_format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _chart(book: Workbook, sheet: Worksheet, slide: Slide) -> None:
    first, last = HEAD_ROW + 1, HEAD_ROW + len(slide.bars)
    chart = book.add_chart({"type": "bar"})
    colours = [MARKED_COLOUR if bar.is_highlighted else BAR_COLOUR for bar in slide.bars]
    chart.add_series(
        {
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, 1, last, 1],
            "data_labels": {"value": True},
            "points": [{"fill": {"color": colour}} for colour in colours],
            "gap": 45,
        }
    )
    chart.set_title({"name": slide.title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_x_axis({"min": min(0, slide.span[0]), "major_gridlines": {"visible": False}})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 720, "height": 90 + 34 * len(slide.bars)})
    sheet.insert_chart(HEAD_ROW, 6, chart, {"description": slide.title})


def _about(context: Context, book: Workbook, presentation: Presentation) -> None:
    """Write the sheet that says what each slide rests on."""
    sheet = book.add_worksheet(context.text("export.about"))
    bold = book.add_format({"bold": True})
    rows = [
        (context.text("deck.name"), presentation.title),
        (context.text("show.release"), context.data.store.release),
    ]
    for line, row in enumerate(rows):
        sheet.write(line, 0, row[0], bold)
        sheet.write(line, 1, row[1])
    columns = [context.text(f"export.column_{n}") for n in ("name", "source", "address", "note")]
    sheet.write_row(len(rows) + 1, 0, columns, bold)
    for line, slide in enumerate(presentation.slides, len(rows) + 2):
        notes = "\n".join(slide.notes)
        sheet.write_row(line, 0, [slide.title, slide.source, slide.address, notes])
    sheet.set_column(0, 2, 50)
