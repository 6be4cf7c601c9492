"""PA digitale's funding by municipality, from the provider's files of applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.applications import COPIED, applications
from etl.delimited import numbers, refuse
from etl.quarantine import refusal
from etl.reading import Parsed
from etl.summed import summed
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE, MONEY, STATUS = "cod_comune", "importo_finanziamento", "stato_candidatura"
RENOUNCED = "R"
OTHERS = ("schools", "others")


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return `funding` (euro) by municipality in the month of the latest day that the files name.

    It is what the provider shows by municipality: the grants, less those renounced, of the
    municipality and, in the files `beside` (`schools`, `others`), of the other bodies that have
    their seat in it. Raises `SourceError` without one of them.
    """
    rows, refused = applications(content, [PLACE, MONEY, STATUS], published=True)
    parts = [rows]
    for name in OTHERS:
        if name not in options.get("beside", {}):
            raise SourceError(refusal("beside_missing", name))
        more, _ = applications(options["beside"][name], [PLACE, MONEY, STATUS], published=True)
        parts.append(more)
    rows = pd.concat(parts, ignore_index=True)
    money = numbers(rows[MONEY])
    refused += refuse(rows[money.isna()], [MONEY], "number")
    held = rows.assign(funding=money, period=rows[COPIED].max()[:7])
    held = held[money.notna() & (rows[STATUS].str.strip() != RENOUNCED)]
    return Parsed(summed(held, ["funding"], code=PLACE, column=MONEY), tuple(refused))
