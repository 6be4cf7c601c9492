"""Validated PNRR projects with the body that carries them out, by municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.parsing.aggregate import countable, in_one_place, summed
from etl.parsing.delimited import read_rows
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = ["CUP", "Codice Locale Progetto"]
MONEY, BODY, PLACE = "Finanziamento PNRR", "Soggetto attuatore", "COD_ISTAT_COMUNE"
MUNICIPALITY = r"COMUNE DI\b"
NAMES = ["projects", "projects_municipal", "funded", "funded_municipal"]


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `projects` and `funded`, and of them `..._municipal`: carried out by a municipality.

    `options`: `period`, and the projects' places in the file `beside["places"]`. Only projects
    that stand in one single municipality count.
    """
    rows, refused = read_rows(content, [*PROJECT, MONEY, BODY])
    rows, wrong = countable(rows, [MONEY])
    money = rows[MONEY]
    municipal = rows[BODY].str.upper().str.match(MUNICIPALITY).astype(float)
    rows = rows.assign(
        period=str(options["period"]),
        projects=1.0,
        projects_municipal=municipal,
        funded=money,
        funded_municipal=money * municipal,
    )
    rows = rows.merge(in_one_place(options, PROJECT, PLACE), on=PROJECT)
    return ParsedFile(summed(rows, NAMES, code=PLACE, column=MONEY), (*refused, *wrong))
