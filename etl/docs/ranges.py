"""Periods written short, and the periods that a series skips."""

from __future__ import annotations

from itertools import pairwise

MONTHS = {"S": 6, "Q": 3}
YEAR, MONTH = len("2023"), len("2023-06")


def spans(periods: list[str]) -> str:
    """Write sorted periods of one kind as `2012–2020, 2022`; days stand one by one."""
    runs: list[list[str]] = []
    for period in periods:
        if runs and _follows(runs[-1][-1], period):
            runs[-1].append(period)
        else:
            runs.append([period])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def skipped(periods: list[str]) -> list[str]:
    """Return the periods between the first and the last that are not there."""
    found: list[str] = []
    for before, after in pairwise(periods):
        one, step = before, _step(before)
        while step and step == _step(after) and (one := _next(one)) < after:
            found.append(one)
    return found


def _follows(before: str, after: str) -> bool:
    return bool(_step(before)) and _step(before) == _step(after) and _next(before) == after


def _step(period: str) -> int:
    """Return how many months a period has; 0 for a day, which nothing follows."""
    if len(period) == YEAR:
        return 12
    return MONTHS.get(period[YEAR + 1], 1 if len(period) == MONTH else 0)


def _next(period: str) -> str:
    year, step = int(period[:YEAR]), _step(period)
    parts = 12 // step
    if parts == 1:
        return str(year + 1)
    kind = period[YEAR + 1] if period[YEAR + 1] in MONTHS else ""
    part = int(period[YEAR + 1 + len(kind) :])
    year, part = (year + 1, 1) if part == parts else (year, part + 1)
    return f"{year}-{kind}{part}" if kind else f"{year}-{part:02d}"
