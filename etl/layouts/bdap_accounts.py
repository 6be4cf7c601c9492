"""BDAP's final accounts of a year: a row a body and title of revenue, for a whole region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.parsing.aggregate import summed
from etl.parsing.delimited import figures, read_rows, refuse
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

KIND, PROVINCE, PLACE = "Codice Tipologia Soggetto", "Codice Provincia", "Codice Comune"
TITLE, ASSESSED, COLLECTED = "Codice Titolo", "Accertamenti", "Riscossioni in C/Competenza"
MUNICIPALITY = "ELCOMU"  # the other bodies of the region have their municipality's code too
TAXES, TRANSFERS, OTHER = "01", "02", "03"
OWN, CURRENT = (TAXES, OTHER), (TAXES, TRANSFERS, OTHER)
NAMES = ["own_collected", "own_assessed", "current_assessed"]


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `own_collected`, `own_assessed` and `current_assessed` (euro) by municipality.

    Own revenue is Titles 1 and 3, current revenue Titles 1 to 3; what was collected is that of
    the year's assessments. `options`: `period` and the file's `encoding`. A municipality that
    has not all three titles with both figures, once each, has none of the sums.
    """
    how = {"separator": ";", "encoding": options["encoding"], "only": True}
    wanted = [KIND, PROVINCE, PLACE, TITLE, ASSESSED, COLLECTED]
    rows, refused = read_rows(content, wanted, **how)
    title = rows[TITLE].str.strip().str.zfill(2)
    rows = rows.assign(title=title)[(rows[KIND].str.strip() == MUNICIPALITY) & title.isin(CURRENT)]
    read = figures(rows, [ASSESSED, COLLECTED])
    for name in (ASSESSED, COLLECTED):
        is_wrong = read[name].isna() & (rows[name].str.strip() != "")
        refused += refuse(rows[is_wrong], [name], "number")
    code = rows[PROVINCE].str.strip().str.zfill(3) + rows[PLACE].str.strip().str.zfill(3)
    own = rows["title"].isin(OWN)
    rows = rows.assign(
        code=code,
        period=str(options["period"]),
        own_collected=read[COLLECTED].where(own, 0.0),
        own_assessed=read[ASSESSED].where(own, 0.0),
        current_assessed=read[ASSESSED],
    )
    return ParsedFile(
        summed(rows[_whole(rows, read)], NAMES, code="code", column=ASSESSED), tuple(refused)
    )


def _whole(rows: pd.DataFrame, figures: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows are of municipalities with each title once, and no figure missing."""
    is_read = figures.notna().all(axis="columns").groupby(rows["code"]).transform("all")
    titles = rows.groupby("code")["title"]
    count = titles.transform("count") == len(CURRENT)
    return is_read & count & (titles.transform("nunique") == len(CURRENT))
