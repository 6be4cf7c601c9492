"""Targets of the office's workbook: checked row by row, and declared for the catalogue."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import pandas as pd
import yaml

from etl.workbook.cell_rejection import reject_cell
from warehouse.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from etl.workbook.schema import Sheet
    from warehouse.declarations.loader import Catalog
    from warehouse.errors import Rejection

FILE = "targets/workbook.yaml"
SHEET = "targets"
Bounds = tuple[float, float]


def valid_targets(
    targets: pd.DataFrame, indicators: pd.DataFrame, sheet: Sheet, catalog: Catalog
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the targets that can be declared, and a rejection for a cell of each of the others.

    `indicators` are the workbook's own that are declared.
    """
    bounds = {name: i.range or (-inf, inf) for name, i in catalog.indicators.items()}
    bounds |= {str(row["indicator"]): _bounds(row) for row in indicators.to_dict("records")}
    wrong = {row["line"]: fault for row in _rows(targets) if (fault := _fault(row, bounds))}
    rejected = [
        reject_cell(sheet, column, rule, line, value)
        for line, (column, rule, value) in wrong.items()
    ]
    return targets[~targets["line"].isin(list(wrong))], rejected


def _fault(row: Mapping[str, Any], bounds: Mapping[str, Bounds]) -> tuple[str, str, Any] | None:
    """Return the column, the rule and the value of what is wrong in a row, if anything."""
    name, high, baseline = row["indicator"], row.get("high"), row.get("baseline")
    if name not in bounds:
        return "indicator", "reference", name
    if (row["kind"] == "between") != (high is not None):
        return "high", "band", high or ""
    low, most = bounds[name]
    for column in ("value", "high"):
        if column in row and not low <= row[column] <= most:
            return column, "target_range", row[column]
    if baseline and Period.parse(baseline).start >= Period.parse(row["period"]).start:
        return "baseline", "baseline", baseline
    return None


def targets_file(books: Iterable[pd.DataFrame]) -> dict[str, str]:
    """Return the declarations as YAML by path; of two rows of one key the first counts."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for frame in books:
        for row in _rows(frame):
            key = tuple(row.get(n) for n in ("indicator", "territory", "project", "flag", "period"))
            rows.setdefault(key, _declaration(row))
    if not rows:
        return {}
    content = {"targets": list(rows.values())}
    return {FILE: yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)}


def _declaration(row: Mapping[str, Any]) -> dict[str, Any]:
    places = {name: row[name] for name in ("territory", "project") if name in row}
    names = ("kind", "value", "high", "period", "baseline", "baseline_value", "in_force", "address")
    note = {"note": _text(row, "note")} if "note_it" in row else {}
    return {
        "indicator": row["indicator"],
        "flag": row.get("flag", "target"),
        **{name: row[name] for name in names if name in row},
        "scope": next(iter(places), "metro"),
        **places,
        "source": _text(row, "source"),
        "grade": "A",
        **note,
    }


def _text(row: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return a text; without an English one the Italian stands for it."""
    return {"it": row[f"{name}_it"], "en": row.get(f"{name}_en", row[f"{name}_it"])}


def _bounds(row: Mapping[Any, Any]) -> Bounds:
    low, high = row["low"], row["high"]
    return (-inf if pd.isna(low) else low, inf if pd.isna(high) else high)


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the rows with their filled cells alone."""
    for row in frame.to_dict("records"):
        yield {str(name): value for name, value in row.items() if not pd.isna(value)}
