"""PA digitale's funding by municipality, from the provider's files of applications."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.aggregate import countable, summed
from etl.parsing.layout import ParsedFile
from etl.projects.padigitale import COPIED, PLACE, applications
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

MONEY, STATUS = "importo_finanziamento", "stato_candidatura"
RENOUNCED = "R"
OTHERS = ("schools", "others")


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `funding` (euro) by municipality in the month of the latest day that the files name.

    It is what the provider shows by municipality: the grants, less those renounced, of the
    municipality and, in the files `beside` (`schools`, `others`), of the other bodies that have
    their seat in it. Raises `SourceError` without one of them.
    """
    rows, refused = applications(content, [PLACE, MONEY, STATUS], published=True)
    rows, wrong = countable(rows, [MONEY])
    parts = [rows]
    for name in OTHERS:
        if name not in options.get("beside", {}):
            raise SourceError(reject("beside_missing", name))
        more, unread = applications(options["beside"][name], [PLACE, MONEY, STATUS], published=True)
        more, negative = countable(more, [MONEY])
        parts.append(more)
        told = (*unread, *negative)
        refused += [replace(one, column=f"{name}: {one.column}") for one in told]
    rows = pd.concat(parts, ignore_index=True)
    held = rows.assign(funding=rows[MONEY], period=rows[COPIED].max()[:7])
    held = held[rows[STATUS].str.strip() != RENOUNCED]
    cells = summed(held, ["funding"], code=PLACE, column=MONEY)
    return ParsedFile(cells, (*refused, *wrong))
