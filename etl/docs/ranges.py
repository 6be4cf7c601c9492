"""Ranges of periods: runs written short, and the periods that a series skips."""

from __future__ import annotations

from itertools import pairwise

from warehouse.periods import Period


def ranges(periods: list[str]) -> str:
    """Write sorted periods of one kind as `2012–2020, 2022`; days are written one by one."""
    runs: list[list[Period]] = []
    for period in map(Period.parse, periods):
        if runs and period.follows(runs[-1][-1]):
            runs[-1].append(period)
        else:
            runs.append([period])
    return ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def skipped(periods: list[str]) -> list[str]:
    """Return the missing periods between the first and the last; none between days."""
    missing: list[str] = []
    for before, after in pairwise(map(Period.parse, periods)):
        if before.kind != after.kind or before.kind == "day":
            continue
        period = before.next()
        while period.start < after.start:
            missing.append(period.text)
            period = period.next()
    return missing
