"""Validated PNRR projects with the body that implements them, by municipality."""

from __future__ import annotations

from typing import ClassVar

from etl.parsing.aggregate import countable, merge_parts, single_places, sum_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, ParsedFile, TextOptions

PROJECT = ["CUP"]
MONEY, BODY, PLACE = "Finanziamento PNRR", "Soggetto attuatore", "COD_ISTAT_COMUNE"
MUNICIPALITY = r"COMUNE DI\b"
VARIABLES = ["projects", "projects_municipal", "funded", "funded_municipal"]


class Options(TextOptions):
    """Nothing to declare."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    required_companions: ClassVar[tuple[str, ...]] = ("places",)


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return `projects` and `funded`, and `…_municipal`: those that a municipality implements.

    A project is one CUP, whatever the number of its rows. The companion file `places` gives the
    places of the projects; only projects in one municipality count.
    """
    rows, rejected = read_rows(content, [*PROJECT, MONEY, BODY], **options.reading)
    rows, wrong_rows = countable(rows, [MONEY])
    is_municipal = rows[BODY].str.upper().str.match(MUNICIPALITY).astype(float)
    rows = rows.assign(
        period=context.period,
        projects=1.0,
        projects_municipal=is_municipal,
        funded=rows[MONEY],
        funded_municipal=rows[MONEY] * is_municipal,
    )
    rows = rows.merge(single_places(context, PROJECT, PLACE), on=PROJECT)
    rows = merge_parts(rows, [*PROJECT, PLACE], {}, ["funded", "funded_municipal"])
    cells = sum_cells(rows, VARIABLES, code=PLACE, column=MONEY)
    return ParsedFile(cells, (*rejected, *wrong_rows))
