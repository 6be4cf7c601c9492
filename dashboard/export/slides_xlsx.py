"""Slides as a workbook: a sheet a slide with typed values and a native chart, and their sources."""

from __future__ import annotations

from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from dashboard.export.cells import new_workbook
from dashboard.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

    from dashboard.context import Context
    from dashboard.pictures import Picture
    from dashboard.presentation import Presentation
    from dashboard.slides import Judgement, JudgementKind, Slide

HEAD_ROW = 4  # under the title, the number, its signs and an empty row; from 0
A4 = 9  # Excel's number of the paper
ABOUT_WIDTHS = (44, 44, 44, 90)  # of the columns of sources, in letters
LINE = 15  # points
MOST_OF_A_NAME = 25  # characters of a sheet's name after its position: Excel takes 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
BAR_COLOUR, MARKED_COLOUR = LIGHT["ctx"], LIGHT["hlt"]
LINES = {"mean": "dash", "target": "solid"}

Cell = str | float | None


def workbook(context: Context, presentation: Presentation) -> bytes:
    """Return the slides of a presentation as XLSX."""
    out = BytesIO()
    book = new_workbook(out, context.data.store.manifest, title=presentation.title)
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
    if slide.figure:
        _figure(book, sheet, slide.figure)
        return
    number = slide.number
    if number:
        sheet.write_row(1, 0, [number.place, f"{number.value} {number.unit}", number.movement])
    signs = number.signs if number else slide.signs
    for column, sign in enumerate(signs):
        sheet.write(2, column, f"{_column(context, sign.kind)}: {sign.text}")
    marks = [mark.label for mark in slide.marks]
    sheet.write_row(HEAD_ROW, 0, [*_columns(context, slide), *marks], head)
    for line, (cells, decimals) in enumerate(_cells(slide), HEAD_ROW + 1):
        form = book.add_format({"num_format": _number_format(decimals)})
        for column, cell in enumerate(cells):
            sheet.write(line, column, cell, form if isinstance(cell, float) else None)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 9, 24)
    _fit_paper(sheet)
    if slide.bars:
        _bars(book, sheet, slide)
    elif slide.has_plan:
        _progress(book, sheet, slide)


def _figure(book: Workbook, sheet: Worksheet, picture: Picture) -> None:
    """Write the whole table of a panel, with its numbers as numbers."""
    heads, rows = picture.table.written()
    sheet.write(1, 0, picture.subtitle)
    sheet.write_row(
        HEAD_ROW, 0, [t for t, _ in heads], book.add_format({"bold": True, "bottom": 1})
    )
    for line, row in enumerate(rows, HEAD_ROW + 1):
        cells = (cell.text if cell.amount is None else float(cell.amount) for cell in row)
        sheet.write_row(line, 0, cells)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(heads), 16)
    _fit_paper(sheet, pages=0)


def _column(context: Context, name: str) -> str:
    return context.text(f"export.column_{name}")


def _kinds(slide: Slide) -> Sequence[JudgementKind]:
    """Return what the rows are judged by, each once."""
    return list(dict.fromkeys(sign.kind for row in slide.rows for sign in row.signs))


def _columns(context: Context, slide: Slide) -> Sequence[str]:
    names: list[str] = ["name", "value"]
    if not slide.bars:
        names = ["name", "note", "value", "unit", "change"]
        names += [*(["planned"] if slide.has_plan else []), *_kinds(slide)]
    return [_column(context, name) for name in names]


def _cells(slide: Slide) -> Iterator[tuple[list[Cell], int]]:
    """Yield the cells of each line and the decimals of its numbers, rounded as printed."""
    if slide.bars:
        marks = [round(float(mark.amount), slide.decimals) for mark in slide.marks]
        for bar in slide.bars:
            yield [bar.label, round(float(bar.amount), slide.decimals), *marks], slide.decimals
        return
    for row in slide.rows:
        is_number = row.amount is not None
        value: Cell = round(float(row.amount or 0), row.decimals) if is_number else row.value
        planned = None if row.planned is None else float(row.planned)
        plan: list[Cell] = [planned] if slide.has_plan else []
        signs = [_text(row.signs, kind) for kind in _kinds(slide)]
        yield [row.label, row.note, value, row.unit, row.movement, *plan, *signs], row.decimals


def _text(signs: Sequence[Judgement], kind: JudgementKind) -> str:
    return "; ".join(sign.text for sign in signs if sign.kind == kind)


def _number_format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _bars(book: Workbook, sheet: Worksheet, slide: Slide) -> None:
    """Add the columns, with mean and target as lines across them."""
    first, last = HEAD_ROW + 1, HEAD_ROW + len(slide.bars)
    chart, lines = book.add_chart({"type": "column"}), book.add_chart({"type": "line"})
    colours = [MARKED_COLOUR if bar.is_highlighted else BAR_COLOUR for bar in slide.bars]
    categories = [sheet.name, first, 0, last, 0]
    chart.add_series(
        {
            "name": [sheet.name, HEAD_ROW, 1],
            "categories": categories,
            "values": [sheet.name, first, 1, last, 1],
            "data_labels": {"value": True},
            "points": [{"fill": {"color": colour}} for colour in colours],
            "gap": 45,
        }
    )
    for column, mark in enumerate(slide.marks, 2):
        lines.add_series(
            {
                "name": [sheet.name, HEAD_ROW, column],
                "categories": categories,
                "values": [sheet.name, first, column, last, column],
                "line": {"color": LIGHT["ink"], "width": 2, "dash_type": LINES[mark.kind]},
            }
        )
    if slide.marks:
        chart.combine(lines)
    chart.set_legend({"position": "bottom", "delete_series": [0]})
    chart.set_y_axis({"min": min(0, slide.span[0]), "major_gridlines": {"visible": False}})
    _place(sheet, chart, slide, HEAD_ROW + len(slide.bars) + 2)


def _progress(book: Workbook, sheet: Worksheet, slide: Slide) -> None:
    """Add bars of what is reached beside what was planned."""
    first, last = HEAD_ROW + 1, HEAD_ROW + len(slide.rows)
    chart = book.add_chart({"type": "bar"})
    for column, token in ((2, "ctx"), (5, "ink")):
        chart.add_series(
            {
                "name": [sheet.name, HEAD_ROW, column],
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, column, last, column],
                "data_labels": {"value": True},
                "fill": {"color": LIGHT[token]},
                "gap": 60,
            }
        )
    chart.set_legend({"position": "bottom"})
    chart.set_x_axis({"min": 0, "max": 100, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"reverse": True})
    _place(sheet, chart, slide, last + 2)


def _lines(texts: Sequence[str], width: int) -> int:
    """Return how many lines paragraphs take in a cell; a line holds nine tenths of its letters."""
    return max(1, sum(ceil(len(text) / (0.9 * width)) for text in texts))


def _fit_paper(sheet: Worksheet, pages: int = 1) -> None:
    """Print the sheet on A4 landscape, as wide as the paper, on one page or more (0: as needed)."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, pages)


def _place(sheet: Worksheet, chart: Chart, slide: Slide, line: int) -> None:
    chart.set_title({"name": slide.title, "name_font": {"size": 12}})
    chart.set_size({"width": 900, "height": 460})
    sheet.insert_chart(line, 0, chart, {"description": slide.title})


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
    form = book.add_format({"text_wrap": True, "valign": "top"})
    for line, slide in enumerate(presentation.slides, len(rows) + 2):
        notes = "\n".join(slide.notes)
        sheet.write_row(line, 0, [slide.title, slide.source, slide.address, notes], form)
        cells = zip(
            ABOUT_WIDTHS, ([slide.title], [slide.source], [slide.address], slide.notes), strict=True
        )
        sheet.set_row(line, LINE * max(_lines(texts, width) for width, texts in cells))
    for column, width in enumerate(ABOUT_WIDTHS):
        sheet.set_column(column, column, width)
    _fit_paper(sheet, pages=0)
