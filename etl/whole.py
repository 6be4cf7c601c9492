"""What a file has to say to be whole: enough places, at least one figure, and of its own year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.quarantine import refusal
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from etl.found import Raw
    from etl.reading import Parsed
    from warehouse.errors import Refusal

COMPLETING = "companion"  # the layout of files that have no figures of their own
YEAR = len("2024")


def whole(raw: Raw, parsed: Parsed) -> Parsed:
    """Return what a file says; raises `SourceError`, with what it refused, if it is not whole."""
    fault = _too_few(raw, parsed) or _of_another_year(raw, parsed)
    if fault:
        raise SourceError(fault, *parsed.refused)
    return parsed


def _too_few(raw: Raw, parsed: Parsed) -> Refusal | None:
    places = max([parsed.cells["code"].nunique(), *(t.num_rows for t in parsed.tables.values())])
    if not places and raw.source.layout != COMPLETING:
        return refusal("nothing_chosen")
    if places < raw.source.at_least:
        return refusal("too_few", places, expected=raw.source.at_least)
    return None


def _of_another_year(raw: Raw, parsed: Parsed) -> Refusal | None:
    """Return the fault of a file whose name has a year of which none of its figures is."""
    if not raw.source.years or parsed.cells.empty:
        return None
    years = sorted(set(parsed.cells["period"].dropna().str[:YEAR]))
    own = str(raw.period)[:YEAR]
    return None if own in years else refusal("other_year", years, expected=own)
