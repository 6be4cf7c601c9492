"""BDAP's public employees: a row a body, contract and category, and a register of bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.parsing.aggregate import summed
from etl.parsing.delimited import figures, in_province, read_rows, refuse, rows_beside
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

BODY, KIND = "Codice Ente BDAP", "Descrizione Tipo Istituzione"
ID, CODE = "Id_Ente", "Codice_ISTAT_Comune"  # of the register
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


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return the people of `PEOPLE` (31 December, and in the year) by municipality.

    `options["province"]` (three digits) keeps only its municipalities, `options["beside"]` has
    the `register`, both files in `options["encoding"]`. Only municipalities count, not their
    unions. A municipality with a count that is no number has no figure: half a sum is not
    published.
    """
    how = {"separator": ";", "encoding": options["encoding"]}
    rows, refused = read_rows(content, [BODY, KIND, *COUNTS], **how)
    register = rows_beside(options, "register", [ID, CODE], **how)
    places = register[in_province(register[CODE], options.get("province"))]
    rows = rows[rows[KIND].str.strip().str.lower() == MUNICIPALITIES]
    rows = rows.merge(places[[ID, CODE]].drop_duplicates(ID), left_on=BODY, right_on=ID)
    counts = figures(rows, COUNTS)
    for column in COUNTS:
        refused += refuse(rows[counts[column].isna()], [column], "number")
    sums = {
        name: counts[list(columns)].sum(axis="columns", skipna=False)
        for name, columns in PEOPLE.items()
    }
    rows = rows.assign(period=options["period"], **sums)
    return ParsedFile(summed(rows, [*PEOPLE], code=CODE, column=BODY), tuple(refused))
