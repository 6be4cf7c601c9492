"""Women and men among the elected and appointed administrators of each municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from etl.parsing.aggregate import countable, sum_cells
from etl.parsing.cells import in_province
from etl.parsing.delimited import read_companion, read_rows
from etl.parsing.layout import (
    CodeColumn,
    FileContext,
    ParsedFile,
    Province,
    TextOptions,
)
from etl.parsing.numbers import numbers
from warehouse.declarations.base import Declaration

if TYPE_CHECKING:
    import pandas as pd

WOMEN, MEN = "F", "M"
RESIDENTS = "residents"  # the companion, with these columns
CODE, DATE, PEOPLE = "istat_code", "date", "population"


class Executive(Declaration):
    """Who is in a municipality's executive, and in which municipalities it counts."""

    role: str = Field(description="Column of the role.")
    roles: tuple[str, ...] = Field(description="Texts of the roles in the executive.")
    above: int = Field(description="Only municipalities with more residents count.")
    date: str = Field(description="The date of the residents in the companion `residents`.")


class Options(TextOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    code: CodeColumn
    province: Province = None
    executive: Executive | None = Field(
        None, description="The executives alone, where the file has roles: other variables."
    )


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return `women` and `administrators` (women and men), summed over the rows of a place.

    With `executive` they are `executive_women` and `executives`. The columns `F` and `M` count
    people; those without a sex do not count, and a place with nobody else gets no value.
    """
    code = options.code
    role = [options.executive.role] if options.executive else []
    rows, rejected = read_rows(content, [code, WOMEN, MEN, *role], **options.reading)
    rows = rows[in_province(rows[code], options.province)]
    key = [name for name in map(str, rows) if name not in (WOMEN, MEN, "line")]  # with the role
    rows, wrong_rows = countable(rows, [WOMEN, MEN], key)
    women, people = "women", "administrators"
    if options.executive:
        rows = _executive(rows, code, options.executive, context)
        women, people = "executive_women", "executives"
    rows = rows.assign(
        **{women: rows[WOMEN], people: rows[WOMEN] + rows[MEN]}, period=context.period
    )
    rows = rows[rows.groupby(code)[people].transform("sum") > 0]
    cells = sum_cells(rows, [women, people], code=code, column=WOMEN)
    return ParsedFile(cells, (*rejected, *wrong_rows))


def _executive(
    rows: pd.DataFrame, code: str, executive: Executive, context: FileContext
) -> pd.DataFrame:
    """Return the rows of executives in municipalities with enough residents."""
    residents = read_companion(context, RESIDENTS, [CODE, DATE, PEOPLE])
    residents = residents[residents[DATE] == executive.date]
    large = residents.loc[numbers(residents[PEOPLE]) > executive.above, CODE]
    is_executive = rows[executive.role].str.strip().isin(executive.roles)
    return rows[is_executive & rows[code].str.strip().isin(large)]
