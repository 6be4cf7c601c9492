"""The matrix of commuters from municipality to municipality: how many stay how near."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

import pandas as pd
from pydantic import Field

from etl.parsing.aggregate import countable, sum_cells
from etl.parsing.cells import CODE, in_province, reject_cells, six_digits
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, ParsedFile, Province, TextOptions

HOME, WORK, PEOPLE = "procom_residenza", "procom_lavoro", "Numero_di_individui"

Variable = Literal[
    "commuters", "within_municipality", "within_zone", "within_province", "to_capital"
]
ALL_VARIABLES: tuple[Variable, ...] = get_args(Variable)


class Options(TextOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    variables: tuple[Variable, ...] = Field(ALL_VARIABLES, description="The variables to return.")
    capital: str | None = Field(None, description="Six digits: the code of the capital.")
    province: Province = None


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return, for each municipality of residence, the declared `variables`.

    `commuters`; of them `within_municipality`, `within_zone` and `within_province`, who stay
    there, and `to_capital`, who go to the capital. Everything is counted in the perimeter of
    the current municipalities. Codes have any padding; where one of work is not a code, the
    municipality of residence has no figure.
    """
    rows, rejected = read_rows(content, [HOME, WORK, PEOPLE], **options.reading)
    homes = six_digits(rows[HOME]).replace(context.merged_into)
    rows = rows[in_province(homes, options.province)]
    rows, wrong_rows = countable(rows, [PEOPLE], [HOME, WORK])
    home, work = (six_digits(rows[name]).replace(context.merged_into) for name in (HOME, WORK))
    is_place = work.str.fullmatch(CODE)
    wrong_rows += reject_cells(rows[~is_place], [WORK], "code")
    counts = {
        "commuters": home.notna(),
        "within_municipality": home == work,
        "within_zone": home.map(context.zone_of) == work.map(context.zone_of),
        "within_province": home.str[:3] == work.str[:3],
        "to_capital": work == options.capital,
    }
    people = rows[PEOPLE].where(is_place)  # one missing: the municipality has no figure at all
    flows = pd.DataFrame(
        {name: people.where(counts[name] | people.isna(), 0.0) for name in options.variables}
    )
    flows = flows.assign(code=home, line=rows["line"], period=context.period)
    cells = sum_cells(flows, options.variables, code="code", column=PEOPLE)
    return ParsedFile(cells, (*rejected, *wrong_rows))
