"""PA digitale's funded applications, in the copies by measure and in the provider's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from etl.delimited import read_rows, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.reading import Refusal

FUNDED, CHANGED = "data_finanziamento", "data_stato_candidatura"
CALL, MEASURE, COPIED = "avviso", "misura", "snapshot"
MUNICIPALITY = ("Comune", "Comuni")  # the words of the two layouts
NUMBER = r"^(\d+(?:\.\d+)+)"  # a call begins with its measure: "1.4.3 - app IO - Comuni …"


def applications(
    content: bytes, columns: Sequence[str], *, published: bool
) -> tuple[pd.DataFrame, list[Refusal]]:
    """Return the rows with a day of funding, with `misura` and `snapshot`, and the refused ones.

    `published`: the file is the provider's own, which has neither: the measure is the number
    that a call begins with, and the file's day the latest that it names.
    """
    made = (MEASURE, COPIED) if published else ()
    wanted = [name for name in dict.fromkeys([*columns, FUNDED]) if name not in made]
    rows, refused = read_rows(content, [*wanted, *((CALL, CHANGED) if published else ())])
    days = pd.to_datetime(rows[FUNDED], format="%Y-%m-%d", errors="coerce")
    refused += refuse(rows[days.isna()], [FUNDED], "date")
    rows = rows[days.notna()]
    if published:
        latest = rows[[FUNDED, CHANGED]].apply(lambda said: said.str[:10]).max().max()
        number = rows[CALL].str.strip().str.extract(NUMBER, expand=False)
        rows = rows.assign(**{MEASURE: number.fillna(rows[CALL]), COPIED: latest})
    return rows, refused
