"""PA digitale's funded applications, in the copies by measure and in the provider's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.parsing.aggregate import complete_places
from etl.parsing.cells import reject_cells
from etl.parsing.dates import days
from etl.parsing.delimited import read_rows
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from warehouse.errors import Rejection

FUNDED, CHANGED = "data_finanziamento", "data_stato_candidatura"
CALL, MEASURE, COPIED = "avviso", "misura", "snapshot"
PLACE, KIND, STATUS = "cod_comune", "tipologia_ente", "stato_candidatura"
RENOUNCED, PAID = "R", "E"  # statuses; PAID: after the work was certified
MUNICIPALITY = ("Comune", "Comuni")  # the words of the two editions
MEASURE_NUMBER = r"^(\d+(?:\.\d+)+)"  # a call begins with it: "1.4.3 - app IO - Comuni …"


def applications(
    content: bytes, columns: Sequence[str], *, published: bool
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the rows with a day of funding, with `misura` and `snapshot`, and the rejected ones.

    A place with a row that has no such day is left out: half a count is not published.
    `published`: the file is the provider's own, which lacks both columns: the measure is the
    number that a call begins with, and the file's day the latest in it. Raises `SourceError`
    where no row remains.
    """
    derived = (MEASURE, COPIED) if published else ()
    wanted = [name for name in dict.fromkeys([*columns, FUNDED]) if name not in derived]
    rows, rejected = read_rows(content, [*wanted, *((CALL, CHANGED) if published else ())])
    for name in (FUNDED, COPIED) if COPIED in wanted else (FUNDED,):
        is_day = days(rows[name]).notna()
        if not is_day.any():
            raise SourceError(reject("undated", name), *rejected)
        rejected += reject_cells(rows[~is_day], [name], "date")
        rows = complete_places(rows, is_day, PLACE)
    if rows.empty:
        raise SourceError(reject("nothing_chosen"), *rejected)
    if published:
        latest = rows[[FUNDED, CHANGED]].apply(lambda texts: texts.str[:10]).max().max()
        number = rows[CALL].str.strip().str.extract(MEASURE_NUMBER, expand=False)
        rows = rows.assign(**{MEASURE: number.fillna(rows[CALL]), COPIED: latest})
    return rows, rejected


def of_municipalities(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the applications of municipalities; raises `SourceError` where there are none."""
    selected = rows[rows[KIND].isin(MUNICIPALITY)]
    if selected.empty:
        raise SourceError(reject("word_missing", MUNICIPALITY[0], column=KIND))
    return selected
