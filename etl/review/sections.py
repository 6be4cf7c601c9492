"""Findings → the sections of a review: tables whose cells are words, for any kind of page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from etl.cli.words import named
from etl.review.formatting import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from etl.review.diff import Findings
    from etl.review.formatting import Written

    Rows = list[tuple[object, ...]]

MOST = 100  # rows of a section that are listed; the largest come first
SHOWN = 12  # periods that one cell names
LINES = 6  # lines that one cell names
KINDS = ("new_period", "revised", "method", "boundary", "status", "dropped")


class Key(str):
    """A cell that is a key of `words.yaml`."""

    __slots__ = ()


@dataclass(frozen=True)
class Section:
    """A table: `name` and `columns` are keys of `words.yaml`, whole numbers stand at the right."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    numbers: frozenset[str] = frozenset()
    total: int = 0

    @property
    def more(self) -> int:
        """How many rows there are beyond those listed."""
        return max(self.total - len(self.rows), 0)


def sections(found: Findings, written: Written) -> tuple[Section, ...]:
    """Return every section, in the order in which somebody decides; one may have no rows."""
    return (
        _summary(found, written),
        _carried(found, written),
        _anomalies(found, written),
        _values("review_revised", found.of_kind("revised"), written),
        _lost_coverage(found, written),
        _grouped("review_dropped", found.of_kind("dropped"), written),
        _values("review_method", found.of_kind("method", "boundary"), written, kind=True),
        _grouped("review_status", found.of_kind("status"), written),
        _new_periods(found, written),
        _refused(found, written),
        _refused_before(found, written),
    )


def _summary(found: Findings, written: Written) -> Section:
    counts = found.changes.pivot_table(index="indicator", columns="kind", aggfunc="size")
    lost = found.lost_coverage.groupby("indicator").size().rename("review_lost")
    table = counts.join(lost, how="outer").reindex(columns=[*KINDS, "review_lost"])
    table = table.dropna(axis="columns", how="all").fillna(0).astype(int)
    rows = [(written.title(str(i)), *map(int, row)) for i, row in table.iterrows()]
    columns = ("indicator", *map(str, table.columns))
    return _section("review_summary", columns, sorted(rows), columns[1:], most=len(rows))


def _values(name: str, rows: pd.DataFrame, written: Written, *, kind: bool = False) -> Section:
    """List single values, before and after, the largest revision against its series first."""
    listed: Rows = []
    for row in rows.head(MOST).itertuples():
        of = str(row.indicator)
        cells: tuple[object, ...] = (
            written.title(of),
            row.name,
            row.period,
            written.value(_real(row.before), of),
            written.value(_real(row.after), of),
            written.value(_real(row.difference), of, signed=True),
            written.share(_real(row.relative)),
        )
        listed.append((*cells, Key(row.kind)) if kind else cells)
    columns = ("indicator", "territory", "period", "before", "after", "difference", "relative")
    numbers = columns[3:]
    return _section(name, (*columns, "change") if kind else columns, listed, numbers, len(rows))


def _anomalies(found: Findings, written: Written) -> Section:
    rows: Rows = [
        (
            written.title(str(row.indicator)),
            row.name,
            row.period,
            written.value(_real(row.value), str(row.indicator)),
            written.value(_real(row.expected_low), str(row.indicator)),
            written.value(_real(row.expected_high), str(row.indicator)),
            Key(f"review_{row.reason}"),
        )
        for row in found.anomalies.head(MOST).itertuples()
    ]
    columns = (
        *("indicator", "territory", "period", "review_value", "review_low", "review_high"),
        "review_why",
    )
    return _section("review_anomalies", columns, rows, columns[3:6], len(found.anomalies))


def _lost_coverage(found: Findings, written: Written) -> Section:
    lost = found.lost_coverage
    rows: Rows = [
        (
            written.title(str(row.indicator)),
            row.name,
            row.period,
            written.share(_real(row.before)),
            written.share(_real(row.coverage)),
        )
        for row in lost.head(MOST).itertuples()
    ]
    columns = ("indicator", "territory", "period", "before", "after")
    return _section("review_lost", columns, rows, columns[3:], len(lost))


def _grouped(name: str, changes: pd.DataFrame, written: Written) -> Section:
    """List changes that are alike together: one line an indicator."""
    rows: Rows = []
    for indicator, group in changes.groupby("indicator", sort=True):
        places = [n for level, n in _places(group) if level != "municipality"]
        municipalities = group.loc[group["level"] == "municipality", "territory"].nunique()
        rows.append(
            (
                written.title(str(indicator)),
                named(sorted(set(group["period"])), SHOWN),
                ", ".join(places) or MISSING,
                municipalities,
                len(group),
            )
        )
    columns = ("indicator", "periods", "review_zones", "review_municipalities", "rows")
    return _section(name, columns, rows, columns[3:])


def _new_periods(found: Findings, written: Written) -> Section:
    rows: Rows = [
        (
            written.title(str(row.indicator)),
            row.period,
            row.municipalities,
            written.value(_real(row.value), str(row.indicator)),
            _text(row.before_period),
            written.value(_real(row.before), str(row.indicator)),
        )
        for row in found.new_periods.itertuples()
    ]
    columns = (
        *("indicator", "period", "review_municipalities", "review_metro"),
        *("review_earlier", "review_metro_before"),
    )
    numbers = ("review_municipalities", "review_metro", "review_metro_before")
    return _section("review_new", columns, rows, numbers, most=len(rows))


def _refused(found: Findings, written: Written) -> Section:
    said = [f"message_{written.language}", f"suggestion_{written.language}"]
    where = ["dataset", "file", "sheet", "column", "rule", *said]
    rows: Rows = []
    for keys, group in found.refused.groupby(where, dropna=False, sort=False):
        dataset, file, sheet, column, _, message, suggestion = map(str, keys)
        rows.append(
            (
                written.dataset(dataset),
                _place(written, (file, sheet, column), [str(n) for n in group["line"] if n]),
                named(list(dict.fromkeys(v for v in group["value"] if v)), 3) or MISSING,
                f"{message} {suggestion}",
                len(group),
            )
        )
    columns = ("dataset", "where", "review_value", "why", "rows")
    return _section("review_refused", columns, rows, ("rows",))


def _place(written: Written, said: tuple[str, str, str], lines: list[str]) -> str:
    """Write where something stands: its file, sheet, lines and column, those that there are."""
    file, sheet, column = said
    line = f"{written.word('line').lower()} {named(lines, LINES)}" if lines else ""
    return " · ".join(part for part in (file, sheet, line, column) if part)


def _refused_before(found: Findings, written: Written) -> Section:
    """Say of each dataset and rule how many rows are refused as they were."""
    rows: Rows = []
    for (dataset, _), group in found.refused_before.groupby(["dataset", "rule"]):
        first = group.iloc[0]
        files = sorted(set(group["file"]))
        why = first[f"message_{written.language}"]
        rows.append((written.dataset(str(dataset)), named(files, 3), why, len(group)))
    columns = ("dataset", "file", "review_for_example", "rows")
    return _section("review_refused_before", columns, rows, ("rows",))


def _carried(found: Findings, written: Written) -> Section:
    rows: Rows = [
        (written.dataset(str(row.dataset)), row.kept, f"{row.fetched:%Y-%m-%d}", row.figures)
        for row in found.carried.itertuples()
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
    most: int = MOST,
) -> Section:
    listed = tuple(rows[:most])
    total = len(rows) if total is None else total
    return Section(name, tuple(columns), listed, frozenset(numbers), total)


def _places(group: pd.DataFrame) -> Iterator[tuple[str, str]]:
    yield from group[["level", "name"]].drop_duplicates().itertuples(index=False, name=None)


def _real(value: object) -> float | None:
    return None if pd.isna(value) else float(str(value))  # type: ignore[call-overload]  # any scalar


def _text(value: object) -> str:
    return MISSING if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]
