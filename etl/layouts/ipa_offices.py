"""IPA's list of bodies, and of those that have named who leads the digital transition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.parsing.aggregate import summed
from etl.parsing.delimited import in_province, read_rows, rows_beside
from etl.parsing.layout import ParsedFile
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

BODY, NATURE, CODE = "Codice_IPA", "Codice_natura", "Codice_comune_ISTAT"
UPDATED = "Data_aggiornamento"  # of a body; the list's own day is that of the newest
MUNICIPALITY = "2430"
DAY = r"\d{4}-\d{2}-\d{2}"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `municipalities` (1 each) and `with_office` (0 or 1) in the year of the list.

    `options["province"]` (three digits) keeps only its municipalities, `options["beside"]` has
    the `offices`. Raises `SourceError` for a list without a day of updating.
    """
    rows, refused = read_rows(content, [BODY, NATURE, CODE, UPDATED], only=True)
    updated = rows[UPDATED].str.strip()
    days = updated[updated.str.fullmatch(DAY)]
    if days.empty:
        raise SourceError(reject("undated", UPDATED, column=UPDATED))
    is_ours = rows[NATURE].str.strip().eq(MUNICIPALITY)
    rows = rows[is_ours & in_province(rows[CODE], options.get("province"))]
    offices = rows_beside(options, "offices", [BODY], only=True)
    rows = rows.assign(
        period=days.max()[:4],
        municipalities=1,
        with_office=rows[BODY].str.strip().isin(offices[BODY].str.strip()).astype(int),
    )
    rows = rows.sort_values("with_office").drop_duplicates(CODE, keep="last")
    cells = summed(rows, ["municipalities", "with_office"], code=CODE, column=BODY)
    return ParsedFile(cells, tuple(refused))
