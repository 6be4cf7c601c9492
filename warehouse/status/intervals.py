"""Limits of 95 per cent of proportions and counts."""

from __future__ import annotations

from math import sqrt
from typing import Literal, NamedTuple

Basis = Literal["proportion", "count"]
Z = 1.959964
TO_ERROR = 3.92  # standard errors between the two limits


class Limits(NamedTuple):
    """The limits of 95 per cent of a proportion or a count."""

    low: float
    high: float


def wilson(numerator: float, denominator: float) -> Limits:
    """Return Wilson's limits of a proportion (Wilson 1927)."""
    share, z2 = numerator / denominator, Z * Z
    middle = 2 * numerator + z2
    spread = Z * sqrt(max(z2 + 4 * numerator * (1 - share), 0))
    width = 2 * (denominator + z2)
    return Limits((middle - spread) / width, (middle + spread) / width)


def byar(count: float) -> Limits:
    """Return Byar's limits of a count (Breslow and Day 1987)."""
    more = count + 1
    low = count * (1 - 1 / (9 * count) - Z / (3 * sqrt(count))) ** 3 if count else 0.0
    return Limits(low, more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3)


def limits(basis: Basis, numerator: float, denominator: float) -> Limits:
    """Return the limits of numerator ÷ denominator."""
    if basis == "proportion":
        return wilson(numerator, denominator)
    low, high = byar(numerator)
    return Limits(low / denominator, high / denominator)


def standard_error(basis: Basis, numerator: float, denominator: float) -> float:
    """Return the error that the limits of numerator ÷ denominator imply."""
    low, high = limits(basis, numerator, denominator)
    return (high - low) / TO_ERROR
