"""Italia Domani's projects with their places: the money of each municipality by declared share."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.delimited import FAULTS, NUMBER, numbers, refuse
from etl.reading import Parsed, Refusal
from etl.summed import summed
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY = ["Codice Univoco Submisura", "CUP", "Codice Locale Progetto"]
MONEY = {"Finanziamento PNRR": "funded", "Finanziamento Totale": "funded_all_sources"}
DAY, SHARE = "Data di Estrazione", "Percentuale di Localizzazione"
PROVINCE, MUNICIPALITY, CODE = "Provincia", "Comune", "code"


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return `funded` and `funded_all_sources` (euro) and `places`, at the day of extraction.

    A project's money goes to each of its municipalities by the share that the file of places
    (`beside["places"]`) declares; `places` counts the municipality's projects. Only the
    municipalities of `options["province"]` (three digits).
    """
    if "places" not in options.get("beside", {}):
        raise SourceError("the file of the projects' places (beside: places) is missing: fetch it")
    places = _rows(options["beside"]["places"], [*KEY, PROVINCE, MUNICIPALITY, SHARE])
    places = places[places[PROVINCE].str.zfill(3) == options["province"]]
    code = places[PROVINCE].str.zfill(3) + places[MUNICIPALITY].str.zfill(3).str[-3:]
    places = places.assign(**{CODE: code}).drop(columns="line")
    projects = _rows(content, [*KEY, DAY, *MONEY]).drop_duplicates(KEY)
    rows = projects.merge(places[places[MUNICIPALITY].str.strip("0") != ""], on=KEY)
    figures = rows[[*MONEY, SHARE]].apply(numbers, decimal=",", ignored=".")
    refused: list[Refusal] = []
    for name in figures:
        refused += refuse(rows[figures[name].isna()], [str(name)], "number", NUMBER)
    day = pd.to_datetime(rows[DAY], format="%d/%m/%Y", errors="coerce").dt.strftime("%Y-%m-%d")
    rows = rows.assign(**figures, places=1.0, period=day)[figures.notna().all(axis="columns")]
    for name in MONEY:
        rows[name] *= rows[SHARE] / 100
    rows = rows[rows["period"].notna()].rename(columns=MONEY)
    return Parsed(
        summed(rows, [*MONEY.values(), "places"], code=CODE, column=KEY[1]), tuple(refused)
    )


def _rows(content: bytes, columns: list[str]) -> pd.DataFrame:
    """Return some columns of a file of hundreds of megabytes, as words with their line."""
    try:
        rows = pd.read_csv(
            io.BytesIO(content),
            sep=";",
            encoding="utf-8-sig",
            dtype=str,
            keep_default_na=False,
            usecols=lambda name: name in columns,
        )
    except FAULTS as error:
        raise SourceError(f"not Italia Domani's table: {error}") from error
    if absent := [name for name in columns if name not in rows]:
        raise SourceError(f"columns {absent} are missing: compare with the dataset's declaration")
    return rows.assign(line=range(2, len(rows) + 2))
