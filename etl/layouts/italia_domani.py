"""Italia Domani's projects with their places: the money of each municipality by declared share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.parsing.aggregate import of_whole_places, summed
from etl.parsing.dates import days
from etl.parsing.delimited import figures, read_rows, refuse, rows_beside
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY = ["Codice Univoco Submisura", "CUP", "Codice Locale Progetto"]
MONEY = {"Finanziamento PNRR": "funded", "Finanziamento Totale": "funded_all_sources"}
DAY, SHARE = "Data di Estrazione", "Percentuale di Localizzazione"
PROVINCE, MUNICIPALITY, CODE = "Provincia", "Comune", "code"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `funded` and `funded_all_sources` (euro) and `places`, at the day of extraction.

    A project's money goes to each of its municipalities by the share that the file of places
    (`beside["places"]`) declares; `places` counts the municipality's projects. Only the
    municipalities of `options["province"]` (three digits).
    """
    columns = [*KEY, PROVINCE, MUNICIPALITY, SHARE]
    places = rows_beside(options, "places", columns, separator=";", only=True)
    places = places[places[PROVINCE].str.zfill(3) == options["province"]]
    code = places[PROVINCE].str.zfill(3) + places[MUNICIPALITY].str.zfill(3).str[-3:]
    places = places.assign(**{CODE: code}).drop(columns="line")
    projects, refused = read_rows(content, [*KEY, DAY, *MONEY], separator=";", only=True)
    projects = projects.drop_duplicates(KEY)
    rows = projects.merge(places[places[MUNICIPALITY].str.strip("0") != ""], on=KEY)
    read = figures(rows, [*MONEY, SHARE], decimal=",", ignored=".")
    for name in read:
        refused += refuse(rows[read[name].isna()], [str(name)], "number")
    day = days(rows[DAY], "%d/%m/%Y").dt.strftime("%Y-%m-%d")
    refused += refuse(rows[day.isna()].drop_duplicates("line"), [DAY], "date")
    rows = rows.assign(**read, places=1.0, period=day)
    for name in MONEY:
        rows[name] *= rows[SHARE] / 100
    rows = of_whole_places(rows, day.notna(), CODE).rename(columns=MONEY)
    return ParsedFile(
        summed(rows, [*MONEY.values(), "places"], code=CODE, column=KEY[1]), tuple(refused)
    )
