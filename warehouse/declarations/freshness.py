"""Freshness of a series against its source's cadence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.periods import Period

if TYPE_CHECKING:
    from datetime import date

    from warehouse.declarations.models import Cadence

# Months from the end of the last period: one cadence, and the time that publishing usually takes.
MONTHS_ALLOWED: dict[Cadence, int] = {
    "daily": 3,
    "monthly": 6,
    "quarterly": 12,
    "half-yearly": 18,
    "annual": 48,
    "irregular": 48,
}


def is_current(period: str, cadence: Cadence, day: date) -> bool:
    """Say whether a reading of `period` is current on `day`; else its series has stopped."""
    end = Period.parse(period).end
    months = 12 * (day.year - end.year) + day.month - end.month
    return months <= MONTHS_ALLOWED[cadence]
