"""What a file has to say to be whole: enough places, at least one figure, and of its own year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from etl.harmonise.territory_codes import istat_codes
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from etl.parsing.layout import ParsedFile
    from etl.pipeline.discovery import InputFile
    from warehouse.declarations.loader import Catalog
    from warehouse.errors import Rejection

COMPLETING = "lookup_file"  # the layout of files that have no figures of their own
YEAR = len("2024")


def whole(raw: InputFile, parsed: ParsedFile, catalog: Catalog) -> ParsedFile:
    """Return what a file says; raises `SourceError`, with what it refused, if it is not whole."""
    fault = _too_few(raw, parsed) or _elsewhere(raw, parsed, catalog)
    fault = fault or _of_another_year(raw, parsed)
    if fault:
        raise SourceError(fault, *parsed.rejected)
    return parsed


def _too_few(raw: InputFile, parsed: ParsedFile) -> Rejection | None:
    places = max([parsed.cells["code"].nunique(), *(t.num_rows for t in parsed.tables.values())])
    if not places and raw.source.layout != COMPLETING:
        return reject("nothing_chosen")
    if places < raw.source.at_least:
        return reject("too_few", places, expected=raw.source.at_least)
    return None


def _elsewhere(raw: InputFile, parsed: ParsedFile, catalog: Catalog) -> Rejection | None:
    """Return the fault of a file of region or country that has no municipality of ours."""
    if not (raw.source.nationwide or raw.source.regional) or parsed.cells.empty:
        return None
    said = pd.Series(parsed.cells["code"].unique(), dtype="str")
    ours = [t.territory for t in catalog.municipalities]
    return None if istat_codes(said, catalog).isin(ours).any() else reject("nothing_chosen")


def _of_another_year(raw: InputFile, parsed: ParsedFile) -> Rejection | None:
    """Return the fault of a file whose name has a year of which none of its figures is."""
    if not raw.source.years or parsed.cells.empty:
        return None
    years = sorted(set(parsed.cells["period"].dropna().str[:YEAR]))
    own = str(raw.period)[:YEAR]
    return None if own in years else reject("other_year", years, expected=own)
