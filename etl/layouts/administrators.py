"""Women and men among the elected and appointed administrators of each municipality."""

from __future__ import annotations

from typing import ClassVar

from etl.parsing.aggregate import countable, sum_cells
from etl.parsing.cells import in_province
from etl.parsing.delimited import read_rows
from etl.parsing.layout import (
    CodeColumn,
    FileContext,
    LayoutOptions,
    ParsedFile,
    Province,
    Separator,
)

WOMEN, MEN = "F", "M"


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    code: CodeColumn
    separator: Separator = ","
    province: Province = None


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return `women` and `administrators` (women and men), summed over the rows of a place.

    The columns `F` and `M` count people; those without a sex do not count, and a place with
    nobody else gets no value.
    """
    code = options.code
    rows, rejected = read_rows(content, [code, WOMEN, MEN], separator=options.separator)
    rows = rows[in_province(rows[code], options.province)]
    key = [name for name in map(str, rows) if name not in (WOMEN, MEN, "line")]  # with the role
    rows, wrong_rows = countable(rows, [WOMEN, MEN], key)
    rows = rows.assign(
        women=rows[WOMEN],
        administrators=rows[WOMEN] + rows[MEN],
        period=context.period,
    )
    rows = rows[rows.groupby(code)["administrators"].transform("sum") > 0]
    cells = sum_cells(rows, ["women", "administrators"], code=code, column=WOMEN)
    return ParsedFile(cells, (*rejected, *wrong_rows))
