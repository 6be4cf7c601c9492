"""A file without figures of its own, only a companion of another one."""

from __future__ import annotations

from pydantic import Field

from etl.parsing.cells import no_cells
from etl.parsing.delimited import read_rows
from etl.parsing.excel import first_sheet
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile, Separator


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    columns: tuple[str, ...] = Field(description="The columns that the other file needs.")
    names: tuple[str, ...] = Field((), description="All columns, of a file without header.")
    encoding: str = Field("utf-8-sig", description="The file's encoding.")
    separator: Separator = ","
    workbook: bool = Field(
        default=False, description="It is an Excel workbook: the columns are of its first sheet."
    )


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return nothing, after checking that the file has the declared columns."""
    if options.workbook:
        first_sheet(content, options.columns)
        return ParsedFile(no_cells())
    _, rejected = read_rows(
        content,
        options.columns,
        encoding=options.encoding,
        separator=options.separator,
        names=options.names,
    )
    return ParsedFile(no_cells(), tuple(rejected))
