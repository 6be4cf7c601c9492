"""Coverage of each indicator: its periods, how many municipalities each has, and the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from dashboard.pages.common.headlines import has_stopped
from dashboard.pages.common.records import record
from dashboard.registry import panel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from warehouse.declarations.models import Indicator

Cover = Literal["full", "part", "none"]

YEARLY, MONTHLY = len("2023"), len("2023-06")
PERIODS_A_YEAR = {"S": 2, "Q": 4}
MAX_ABSENT = 3  # more municipalities without a value are not named


@dataclass(frozen=True, slots=True)
class CoveredPeriod:
    """A period of an indicator, and in how many of all municipalities it has a value."""

    period: str
    municipalities: int
    of_all: int
    absent: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A period between the first and the last, as a square; without a row nothing is known."""

    period: str
    row: CoveredPeriod | None
    description: str

    @property
    def cover(self) -> Cover:
        """How much of the territory has a value."""
        if self.row is None:
            return "none"
        return "full" if self.row.municipalities == self.row.of_all else "part"


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """An indicator: its periods as cells, the municipalities of the last one, its gaps."""

    address: str
    indicator: str
    first: str
    last: str
    periods: int
    cells: tuple[Cell, ...]
    municipalities: str
    absent: str
    gaps: str
    freshness: str


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """The indicators of a policy area, with and without data."""

    number: int
    title: str
    rows: tuple[CoverageRow, ...]
    not_loaded: tuple[Indicator, ...]


def expected(first: str, last: str) -> Iterator[str]:
    """Return every period from the first to the last, at the step in which both are written.

    Days follow no step: only the two are returned.
    """
    if len(first) != len(last) or len(first) > MONTHLY:
        yield from dict.fromkeys((first, last))
    elif len(first) == YEARLY:
        yield from (str(year) for year in range(int(first), int(last) + 1))
    elif first[5] in PERIODS_A_YEAR:
        yield from _parts_of_years(first, last, PERIODS_A_YEAR[first[5]], first[5], 1)
    else:
        yield from _parts_of_years(first, last, 12, "", 2)


def _parts_of_years(
    first: str, last: str, parts_a_year: int, letter: str, width: int
) -> Iterator[str]:
    start, end = (int(p[:4]) * parts_a_year + int(p[5:].lstrip("SQ")) - 1 for p in (first, last))
    for step in range(start, end + 1):
        year, part = divmod(step, parts_a_year)
        yield f"{year}-{letter}{part + 1:0{width}d}"


@panel("coverage")
def coverage(context: Context) -> Html:
    """Show by area the periods of each indicator, in how many municipalities, and the gaps."""
    areas = coverage_of_areas(context)
    return context.panel("data/coverage.html", "coverage card", areas=areas)


def coverage_of_areas(context: Context) -> list[AreaCoverage]:
    """Return the coverage of the indicators, by policy area."""
    periods: dict[str, list[CoveredPeriod]] = {}
    for row in context.data.rows("indicator_periods"):
        periods.setdefault(row["indicator"], []).append(record(CoveredPeriod, row))
    areas = []
    for number, node in enumerate(context.catalog.areas, start=1):
        indicators = context.catalog.in_area(node.id)
        areas.append(
            AreaCoverage(
                number=number,
                title=context.translate(node.short or node.title),
                rows=tuple(_row(context, i, periods[i.id]) for i in indicators if i.id in periods),
                not_loaded=tuple(i for i in indicators if i.id not in periods),
            )
        )
    return areas


def _row(context: Context, indicator: Indicator, periods: Sequence[CoveredPeriod]) -> CoverageRow:
    cells = _cells(context, periods)
    last = periods[-1]
    missing = last.of_all - last.municipalities
    return CoverageRow(
        address=context.href(f"/indicatori/{indicator.id}"),
        indicator=context.translate(indicator.short),
        first=context.format.period(periods[0].period),
        last=context.format.period(last.period),
        periods=len(periods),
        cells=cells,
        municipalities=context.text("data.of", n=last.municipalities, total=last.of_all),
        absent=last.absent if 0 < missing <= MAX_ABSENT else "",
        gaps=_gaps(context, cells),
        freshness="stopped" if has_stopped(context, indicator) else "current",
    )


def _cells(context: Context, periods: Sequence[CoveredPeriod]) -> tuple[Cell, ...]:
    """Return a cell for each period between the first and the last."""
    rows = {row.period: row for row in periods}
    between = dict.fromkeys(p for a, b in pairwise(rows) for p in expected(a, b))
    return tuple(
        Cell(period, rows.get(period), _description(context, period, rows.get(period)))
        for period in between or rows
    )


def _description(context: Context, period: str, row: CoveredPeriod | None) -> str:
    name = context.format.period(period)
    if row is None:
        return context.text("data.period_missing", period=name)
    covered = context.text("data.of", n=row.municipalities, total=row.of_all)
    return context.text("data.period_covered", period=name, covered=covered)


def _gaps(context: Context, cells: Sequence[Cell]) -> str:
    """Describe the missing periods as runs, and how many are partial."""
    sentences = []
    names = [_run_name(context, run) for run in _missing_runs(cells)]
    if names:
        sentences.append(context.text("data.gaps", periods=", ".join(names)))
    partial = sum(cell.cover == "part" for cell in cells)
    if partial:
        sentences.append(context.text("data.partial", n=partial, total=len(cells)))
    return "; ".join(sentences) or context.text("data.no_gaps")


def _missing_runs(cells: Sequence[Cell]) -> list[list[str]]:
    """Return the runs of consecutive missing periods."""
    runs: list[list[str]] = []
    is_open = False
    for cell in cells:
        is_missing = cell.cover == "none"
        if is_missing and is_open:
            runs[-1].append(cell.period)
        elif is_missing:
            runs.append([cell.period])
        is_open = is_missing
    return runs


def _run_name(context: Context, run: Sequence[str]) -> str:
    ends = dict.fromkeys(context.format.period(period) for period in (run[0], run[-1]))
    return "–".join(ends)
