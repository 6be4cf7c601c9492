"""A measured figure and its limit."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in `unit`, with its upper limit if it has one."""

    what: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def is_within_limit(self) -> bool:
        """Whether the value is within the limit, if it has one."""
        return self.limit is None or self.value <= self.limit


def percentiles(
    what: str,
    values: Sequence[float],
    unit: str,
    limits: tuple[float | None, float | None] = (None, None),
) -> tuple[Figure, Figure]:
    """Return median and 95th percentile of `values`, with their limits."""
    p50, p95 = median(values), quantiles(values, n=20, method="inclusive")[-1]
    return Figure(f"{what}, p50", p50, unit, limits[0]), Figure(
        f"{what}, p95", p95, unit, limits[1]
    )


def table(title: str, figures: Iterable[Figure]) -> Table:
    """Lay figures out as a table; a value over its limit is red."""
    rows = Table("", "measured", "at most", title=title, title_justify="left", min_width=78)
    for column in rows.columns[1:]:
        column.justify = "right"
    for figure in figures:
        limit = "" if figure.limit is None else f"{figure.limit:,.0f} {figure.unit}"
        digits = 0 if figure.value >= 100 else 1  # noqa: PLR2004  # three digits say enough
        colour = "" if figure.is_within_limit else "red"
        rows.add_row(figure.what, f"{figure.value:,.{digits}f} {figure.unit}", limit, style=colour)
    return rows
