"""Completeness of a parsed file: enough places, at least one figure, and of the right year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from etl.harmonise.territory_codes import istat_codes
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from etl.parsing.layout import ParsedFile
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.sources import SourceFile
    from warehouse.errors import Rejection

COMPANION_LAYOUT = "lookup_file"  # of files without figures of their own
YEAR = len("2024")


def check_complete(
    parsed: ParsedFile, source: SourceFile, period: str | None, catalog: Catalog
) -> None:
    """Raise `SourceError`, with what the file rejected, if it is incomplete."""
    error = (
        _too_few_places(parsed, source)
        or _only_elsewhere(parsed, source, catalog)
        or _wrong_year(parsed, source, period)
    )
    if error:
        raise SourceError(error, *parsed.rejected)


def _too_few_places(parsed: ParsedFile, source: SourceFile) -> Rejection | None:
    places = max([parsed.cells["code"].nunique(), *(t.num_rows for t in parsed.tables.values())])
    if not places and source.layout != COMPANION_LAYOUT:
        return reject("nothing_chosen")
    if places < source.at_least:
        return reject("too_few", places, expected=source.at_least)
    return None


def _only_elsewhere(parsed: ParsedFile, source: SourceFile, catalog: Catalog) -> Rejection | None:
    """Return the error of a file of region or country that has none of our municipalities."""
    if not (source.nationwide or source.regional) or parsed.cells.empty:
        return None
    codes = istat_codes(pd.Series(parsed.cells["code"].unique(), dtype="str"), catalog)
    municipalities = [t.territory for t in catalog.municipalities]
    return None if codes.isin(municipalities).any() else reject("nothing_chosen")


def _wrong_year(parsed: ParsedFile, source: SourceFile, period: str | None) -> Rejection | None:
    """Return the error of a file whose name has a year that none of its figures has."""
    if not source.years or parsed.cells.empty:
        return None
    years = sorted({period[:YEAR] for period in parsed.cells["period"].dropna().unique()})
    expected = str(period)[:YEAR]
    return None if expected in years else reject("other_year", years, expected=expected)
