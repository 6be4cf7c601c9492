"""BDAP's public employees: one row per body, contract and category, and a register of bodies."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from etl.parsing.aggregate import sum_cells
from etl.parsing.cells import in_province, reject_cells
from etl.parsing.delimited import read_companion, read_rows
from etl.parsing.layout import FileContext, ParsedFile, Province, Separator, TextOptions
from etl.parsing.numbers import figures

BODY, KIND = "Codice Ente BDAP", "Descrizione Tipo Istituzione"
ID, CODE = "Id_Ente", "Codice_ISTAT_Comune"  # columns of the register
MUNICIPALITIES = "comuni"
PEOPLE = {
    "employees": (
        "Numero Dipendenti Donne Tempo Pieno",
        "Numero Dipendenti Uomini Tempo Pieno",
        "Numero Dipendenti Donne Part time Inf. 50%",
        "Numero Dipendenti Uomini Part time Inf. 50%",
        "Numero Dipendenti Donne Part time Sup. 50%",
        "Numero Dipendenti Uomini Part time Sup. 50%",
    ),
    "hired": ("Numero Dipendenti Donne Assunte", "Numero Dipendenti Uomini Assunti"),
    "left": ("Numero Dipendenti Donne Cessate", "Numero Dipendenti Uomini Cessati"),
}
COUNTS = [column for columns in PEOPLE.values() for column in columns]


class Options(TextOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    required_companions: ClassVar[tuple[str, ...]] = ("register",)
    separator: Separator = ";"
    encoding: str = Field(description="The encoding of the file and of the register.")
    province: Province = None


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return the people of `PEOPLE` (31 December, and in the year) by municipality.

    The companion file `register` gives the municipality of each body. Only municipalities count,
    not their unions. A municipality with a count that is not a number has no figure: half a sum
    is not published.
    """
    encoding = options.encoding
    rows, rejected = read_rows(content, [BODY, KIND, *COUNTS], encoding=encoding, **options.reading)
    register = read_companion(context, "register", [ID, CODE], separator=";", encoding=encoding)
    places = register[in_province(register[CODE], options.province)]
    rows = rows[rows[KIND].str.strip().str.lower() == MUNICIPALITIES]
    rows = rows.merge(places[[ID, CODE]].drop_duplicates(ID), left_on=BODY, right_on=ID)
    counts = figures(rows, COUNTS)
    for column in COUNTS:
        rejected += reject_cells(rows[counts[column].isna()], [column], "number")
    sums = {
        name: counts[list(columns)].sum(axis="columns", skipna=False)
        for name, columns in PEOPLE.items()
    }
    rows = rows.assign(period=context.period, **sums)
    cells = sum_cells(rows, [*PEOPLE], code=CODE, column=BODY)
    return ParsedFile(cells, tuple(rejected))
