"""PA digitale's funding by municipality, from the provider's files of applications."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from etl.parsing.aggregate import countable, sum_cells
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile
from etl.projects.padigitale import COPIED, PLACE, RENOUNCED, STATUS, applications

if TYPE_CHECKING:
    from warehouse.errors import Rejection

MONEY = "importo_finanziamento"
COMPANIONS = ("schools", "others")  # the other bodies that have their seat in the municipality


class Options(LayoutOptions):
    """Nothing to declare."""

    required_companions: ClassVar[tuple[str, ...]] = COMPANIONS


def parse(content: bytes, _options: Options, context: FileContext) -> ParsedFile:
    """Return `funding` (euro) by municipality in the month of the latest day in the files.

    It is what the provider shows by municipality: the grants, less those renounced, of the
    municipality and, in the companion files `schools` and `others`, of the other bodies that
    have their seat in it. Raises `SourceError` without one of them.
    """
    own_rows, unreadable, negative = _grants(content)
    parts = [own_rows]
    rejected = list(unreadable)
    for name in COMPANIONS:
        rows, *wrong_rows = _grants(context.companion(name))
        parts.append(rows)
        rejected += [
            replace(rejection, column=f"{name}: {rejection.column}")
            for rejections in wrong_rows
            for rejection in rejections
        ]
    rows = pd.concat(parts, ignore_index=True)
    is_renounced = rows[STATUS].str.strip() == RENOUNCED
    in_force = rows.assign(funding=rows[MONEY], period=rows[COPIED].max()[:7])[~is_renounced]
    cells = sum_cells(in_force, ["funding"], code=PLACE, column=MONEY)
    return ParsedFile(cells, (*rejected, *negative))


def _grants(content: bytes) -> tuple[pd.DataFrame, list[Rejection], list[Rejection]]:
    """Return the grants of a file, its rejected rows and its rejected amounts."""
    rows, unreadable = applications(content, [PLACE, MONEY, STATUS], published=True)
    rows, wrong_amounts = countable(rows, [MONEY])
    return rows, unreadable, wrong_amounts
