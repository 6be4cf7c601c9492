"""Sections of a review: its findings as tables of text, for any kind of output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from etl.quarantine import explained, missing_last
from etl.reporter import first_few
from warehouse.formatting import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from etl.reporter import Reporter
    from etl.review.diff import Findings
    from etl.review.formatting import ReviewFormatter

    Rows = list[tuple[object, ...]]

MAX_ROWS = 100  # of a section; the largest come first
MAX_PERIODS = 12  # that one cell names
MAX_LINES = 6  # that one cell names
MAX_NAMES = 3  # values or files that one cell names
KINDS = ("new_period", "revised", "method", "boundary", "status", "dropped")


class Key(str):
    """A cell that is a key of `locale/cli.yaml`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A table: `name` and `columns` are keys of `locale/cli.yaml`, `numbers` numeric columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    numbers: frozenset[str] = frozenset()
    total: int = 0

    @property
    def more(self) -> int:
        """How many rows there are beyond `rows`."""
        return max(self.total - len(self.rows), 0)


def headline(findings: Findings, formatter: ReviewFormatter, report: Reporter) -> str:
    """Return one sentence: how many values change, and in which ways."""
    if findings.before is None:
        rows = formatter.number(findings.manifest.tables["observation"].rows)
        return report.word("review_first", observations=rows)
    counts = findings.changes["kind"].value_counts()
    parts = [
        report.word(f"review_counts_{kind}", rows=formatter.number(int(counts[kind])))
        for kind in KINDS
        if kind in counts
    ]
    return "; ".join(parts) or report.word("review_same")


def sections(findings: Findings, formatter: ReviewFormatter) -> tuple[Section, ...]:
    """Return every section, the most important for a decision first; one may have no rows."""
    return (
        _summary(findings, formatter),
        _carried(findings, formatter),
        _anomalies(findings, formatter),
        _values("review_revised", findings.of_kind("revised"), formatter),
        _lost_coverage(findings, formatter),
        _grouped("review_dropped", findings.of_kind("dropped"), formatter),
        _values("review_method", findings.of_kind("method", "boundary"), formatter, kind=True),
        _grouped("review_status", findings.of_kind("status"), formatter),
        _new_periods(findings, formatter),
        _rejected(findings, formatter),
        _rejected_before(findings, formatter),
    )


def _summary(findings: Findings, formatter: ReviewFormatter) -> Section:
    counts = findings.changes.pivot_table(index="indicator", columns="kind", aggfunc="size")
    lost = findings.lost_coverage.groupby("indicator").size().rename("review_lost")
    table = counts.join(lost, how="outer").reindex(columns=[*KINDS, "review_lost"])
    table = table.dropna(axis="columns", how="all").fillna(0).astype(int)
    rows = [(formatter.title(str(i)), *map(int, row)) for i, row in table.iterrows()]
    columns = ("indicator", *map(str, table.columns))
    return _section("review_summary", columns, sorted(rows), columns[1:], most=len(rows))


def _values(
    name: str, changes: pd.DataFrame, formatter: ReviewFormatter, *, kind: bool = False
) -> Section:
    """List single values, before and after, the largest revision against its series first."""
    rows: Rows = []
    for row in changes.head(MAX_ROWS).itertuples():
        indicator = str(row.indicator)
        cells: tuple[object, ...] = (
            formatter.title(indicator),
            row.name,
            row.period,
            formatter.value(_real(row.before), indicator),
            formatter.value(_real(row.after), indicator),
            formatter.value(_real(row.difference), indicator, signed=True),
            formatter.share(_real(row.relative)),
        )
        rows.append((*cells, Key(row.kind)) if kind else cells)
    columns = ("indicator", "territory", "period", "before", "after", "difference", "relative")
    numbers = columns[3:]
    return _section(name, (*columns, "change") if kind else columns, rows, numbers, len(changes))


def _anomalies(findings: Findings, formatter: ReviewFormatter) -> Section:
    rows: Rows = [
        (
            formatter.title(str(row.indicator)),
            row.name,
            row.period,
            formatter.value(_real(row.value), str(row.indicator)),
            formatter.value(_real(row.expected_low), str(row.indicator)),
            formatter.value(_real(row.expected_high), str(row.indicator)),
            Key(f"review_{row.reason}"),
        )
        for row in findings.anomalies.head(MAX_ROWS).itertuples()
    ]
    columns = (
        *("indicator", "territory", "period", "review_value", "review_low", "review_high"),
        "review_why",
    )
    return _section("review_anomalies", columns, rows, columns[3:6], len(findings.anomalies))


def _lost_coverage(findings: Findings, formatter: ReviewFormatter) -> Section:
    lost = findings.lost_coverage
    rows: Rows = [
        (
            formatter.title(str(row.indicator)),
            row.name,
            row.period,
            formatter.share(_real(row.before)),
            formatter.share(_real(row.coverage)),
        )
        for row in lost.head(MAX_ROWS).itertuples()
    ]
    columns = ("indicator", "territory", "period", "before", "after")
    return _section("review_lost", columns, rows, columns[3:], len(lost))


def _grouped(name: str, changes: pd.DataFrame, formatter: ReviewFormatter) -> Section:
    """List changes one line per indicator."""
    rows: Rows = []
    for indicator, group in changes.groupby("indicator", sort=True):
        places = [n for level, n in _places(group) if level != "municipality"]
        municipalities = group.loc[group["level"] == "municipality", "territory"].nunique()
        rows.append(
            (
                formatter.title(str(indicator)),
                first_few(sorted(set(group["period"])), MAX_PERIODS),
                ", ".join(places) or MISSING,
                municipalities,
                len(group),
            )
        )
    columns = ("indicator", "periods", "review_zones", "review_municipalities", "rows")
    return _section(name, columns, rows, columns[3:])


def _new_periods(findings: Findings, formatter: ReviewFormatter) -> Section:
    rows: Rows = [
        (
            formatter.title(str(row.indicator)),
            row.period,
            row.municipalities,
            formatter.value(_real(row.value), str(row.indicator)),
            _text(row.before_period),
            formatter.value(_real(row.before), str(row.indicator)),
        )
        for row in findings.new_periods.itertuples()
    ]
    columns = (
        *("indicator", "period", "review_municipalities", "review_metro"),
        *("review_earlier", "review_metro_before"),
    )
    numbers = ("review_municipalities", "review_metro", "review_metro_before")
    return _section("review_new", columns, rows, numbers, most=len(rows))


def _rejected(findings: Findings, formatter: ReviewFormatter) -> Section:
    columns = ["dataset", "file", "sheet", "column", "rule", "message", "suggestion"]
    rejected = explained(missing_last(findings.rejected), formatter.language)
    rows: Rows = []
    for keys, group in rejected.groupby(columns, dropna=False, sort=False):
        dataset, file, sheet, column, _, message, suggestion = map(str, keys)
        lines = [str(line) for line in group["line"] if line]
        values = list(dict.fromkeys(value for value in group["value"] if value))
        rows.append(
            (
                formatter.dataset(dataset),
                _place(formatter, (file, sheet, column), lines),
                first_few(values, MAX_NAMES) or MISSING,
                f"{message} {suggestion}",
                len(group),
            )
        )
    return _section(
        "review_rejected", ("dataset", "where", "review_value", "why", "rows"), rows, ("rows",)
    )


def _place(formatter: ReviewFormatter, place: tuple[str, str, str], lines: list[str]) -> str:
    """Write a place: its file, sheet, lines and column, as far as they are known."""
    file, sheet, column = place
    line = f"{formatter.word('line').lower()} {first_few(lines, MAX_LINES)}" if lines else ""
    return " · ".join(part for part in (file, sheet, line, column) if part)


def _rejected_before(findings: Findings, formatter: ReviewFormatter) -> Section:
    """Count the rows of each dataset and rule that the release before rejected too."""
    rows: Rows = []
    for (dataset, _), group in findings.rejected_before.groupby(["dataset", "rule"]):
        files = first_few(sorted(set(group["file"])), MAX_NAMES)
        message = explained(group.head(1), formatter.language)["message"].item()
        rows.append((formatter.dataset(str(dataset)), files, message, len(group)))
    columns = ("dataset", "file", "review_for_example", "rows")
    return _section("review_rejected_before", columns, rows, ("rows",))


def _carried(findings: Findings, formatter: ReviewFormatter) -> Section:
    rows: Rows = [
        (formatter.dataset(str(row.dataset)), row.kept, f"{row.fetched:%Y-%m-%d}", row.figures)
        for row in findings.carried.itertuples()
    ]
    columns = ("dataset", "file", "review_fetched", "figures")
    return _section("review_carried", columns, rows, ("figures",))


def _section(
    name: str,
    columns: Iterable[str],
    rows: Rows,
    numbers: Iterable[str] = (),
    total: int | None = None,
    *,
    most: int = MAX_ROWS,
) -> Section:
    total = len(rows) if total is None else total
    return Section(name, tuple(columns), tuple(rows[:most]), frozenset(numbers), total)


def _places(group: pd.DataFrame) -> Iterator[tuple[str, str]]:
    yield from group[["level", "name"]].drop_duplicates().itertuples(index=False, name=None)


def _real(value: object) -> float | None:
    return None if pd.isna(value) else float(str(value))  # type: ignore[call-overload]  # any scalar


def _text(value: object) -> str:
    return MISSING if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]
