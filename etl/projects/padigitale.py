"""PA digitale's funded applications, in the copies by measure and in the provider's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.parsing.aggregate import of_whole_places
from etl.parsing.dates import days
from etl.parsing.delimited import read_rows, refuse
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from warehouse.errors import Rejection

FUNDED, CHANGED = "data_finanziamento", "data_stato_candidatura"
CALL, MEASURE, COPIED = "avviso", "misura", "snapshot"
PLACE, KIND = "cod_comune", "tipologia_ente"
MUNICIPALITY = ("Comune", "Comuni")  # the words of the two layouts
NUMBER = r"^(\d+(?:\.\d+)+)"  # a call begins with its measure: "1.4.3 - app IO - Comuni …"


def applications(
    content: bytes, columns: Sequence[str], *, published: bool
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the rows with a day of funding, with `misura` and `snapshot`, and the refused ones.

    A place one of whose rows has no such day is left out: half a count is not published.
    `published`: the file is the provider's own, which has neither: the measure is the number
    that a call begins with, and the file's day the latest that it names. Raises `SourceError`
    where no row is left.
    """
    made = (MEASURE, COPIED) if published else ()
    wanted = [name for name in dict.fromkeys([*columns, FUNDED]) if name not in made]
    rows, refused = read_rows(content, [*wanted, *((CALL, CHANGED) if published else ())])
    for name in (FUNDED, COPIED) if COPIED in wanted else (FUNDED,):
        is_day = days(rows[name]).notna()
        if not is_day.any():
            raise SourceError(reject("undated", name), *refused)
        refused += refuse(rows[~is_day], [name], "date")
        rows = of_whole_places(rows, is_day, PLACE)
    if rows.empty:
        raise SourceError(reject("nothing_chosen"), *refused)
    if published:
        latest = rows[[FUNDED, CHANGED]].apply(lambda said: said.str[:10]).max().max()
        number = rows[CALL].str.strip().str.extract(NUMBER, expand=False)
        rows = rows.assign(**{MEASURE: number.fillna(rows[CALL]), COPIED: latest})
    return rows, refused


def of_municipalities(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the applications of municipalities; raises `SourceError` where there is none."""
    own = rows[rows[KIND].isin(MUNICIPALITY)]
    if own.empty:
        raise SourceError(reject("word_missing", MUNICIPALITY[0], column=KIND))
    return own
