"""Limits of 95 per cent of proportions and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from warehouse.status.arrays import Reals

Basis = Literal["proportion", "count"]
Z = 1.959964
TO_ERROR = 3.92  # standard errors between the two limits


class Limits(NamedTuple):
    """The limits of 95 per cent of proportions or counts."""

    low: Reals
    high: Reals


def wilson(numerator: Reals, denominator: Reals) -> Limits:
    """Return Wilson's limits of proportions (Wilson 1927)."""
    share, z2 = numerator / denominator, Z * Z
    middle = 2 * numerator + z2
    spread = Z * np.sqrt(np.maximum(z2 + 4 * numerator * (1 - share), 0))
    width = 2 * (denominator + z2)
    return Limits((middle - spread) / width, (middle + spread) / width)


def byar(count: Reals) -> Limits:
    """Return Byar's limits of counts (Breslow and Day 1987)."""
    some, more = np.where(count > 0, count, 1.0), count + 1
    low = some * (1 - 1 / (9 * some) - Z / (3 * np.sqrt(some))) ** 3
    high = more * (1 - 1 / (9 * more) + Z / (3 * np.sqrt(more))) ** 3
    return Limits(np.where(count > 0, low, 0.0), high)


def limits(basis: Basis, numerator: Reals, denominator: Reals) -> Limits:
    """Return the limits of numerator ÷ denominator."""
    if basis == "proportion":
        return wilson(numerator, denominator)
    low, high = byar(numerator)
    return Limits(low / denominator, high / denominator)


def standard_error(basis: Basis, numerator: Reals, denominator: Reals) -> Reals:
    """Return the error that the limits of numerator ÷ denominator imply."""
    low, high = limits(basis, numerator, denominator)
    return (high - low) / TO_ERROR
