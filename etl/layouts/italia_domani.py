"""Italia Domani's projects with their places: the money of each municipality by declared share."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from etl.parsing.aggregate import complete_places, sum_cells
from etl.parsing.cells import joined_code, numbered_in_province, reject_cells
from etl.parsing.dates import days
from etl.parsing.delimited import read_companion, read_rows
from etl.parsing.layout import FileContext, ParsedFile, Separator, TextOptions
from etl.parsing.numbers import figures

KEY = ["Codice Univoco Submisura", "CUP", "Codice Locale Progetto"]
MONEY = {"Finanziamento PNRR": "funded"}  # from all sources it is in `pnrr_payments`
DAY, SHARE = "Data di Estrazione", "Percentuale di Localizzazione"
PROVINCE, MUNICIPALITY, CODE = "Provincia", "Comune", "code"


class Options(TextOptions):
    """What a dataset declares of its file."""

    required_companions: ClassVar[tuple[str, ...]] = ("places",)
    separator: Separator = ";"
    province: str = Field(
        pattern=r"^\d{3}$", description="Three digits: only its municipalities are read."
    )


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return `funded` (euro) and `places`, at the day of extraction.

    A project's money goes to each of its municipalities by the share that the companion file
    `places` declares; `places` counts the municipality's projects, a CUP once.
    """
    columns = [*KEY, PROVINCE, MUNICIPALITY, SHARE]
    places = read_companion(context, "places", columns, separator=";", only=True)
    places = places.assign(**{CODE: joined_code(places[PROVINCE], places[MUNICIPALITY])})
    places = places[numbered_in_province(places[CODE], options.province)].drop(columns="line")
    projects, rejected = read_rows(content, [*KEY, DAY, *MONEY], only=True, **options.reading)
    projects = projects.drop_duplicates(KEY)
    rows = projects.merge(places[places[MUNICIPALITY].str.strip("0") != ""], on=KEY)
    amounts = figures(rows, [*MONEY, SHARE], decimal=",", ignored=".")
    for name in map(str, amounts):
        rejected += reject_cells(rows[amounts[name].isna()], [name], "number")
    day = days(rows[DAY], "%d/%m/%Y").dt.strftime("%Y-%m-%d")
    rejected += reject_cells(rows[day.isna()].drop_duplicates("line"), [DAY], "date")
    rows = rows.assign(**amounts, places=1.0, period=day)
    for name in MONEY:
        rows[name] *= rows[SHARE] / 100
    rows["places"] = rows["places"].mask(rows.duplicated([KEY[1], CODE, "period"]), 0.0)
    rows = complete_places(rows, day.notna(), CODE).rename(columns=MONEY)
    cells = sum_cells(rows, [*MONEY.values(), "places"], code=CODE, column=KEY[1])
    return ParsedFile(cells, tuple(rejected))
