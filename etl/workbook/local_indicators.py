"""Declarations of the catalogue for the local indicators of the office's workbooks."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import pandas as pd
import yaml

from etl.workbook.cell_rejection import reject_cell
from etl.workbook.schema import VARIABLE_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.workbook.schema import Sheet
    from warehouse.declarations.loader import Catalog
    from warehouse.errors import Rejection

DATASET, CODE = "local", "indicator"


def declarations(indicators: pd.DataFrame, path: str) -> dict[str, str]:
    """Return the dataset `local` and each indicator as YAML, by the path in a catalogue folder."""
    rows = [
        {str(k): v for k, v in row.items() if not pd.isna(v)}
        for row in indicators.drop(columns=["line", "levels"]).to_dict("records")
    ]
    contents = {f"indicators/{r['area']}/{r['indicator']}.yaml": _indicator(r) for r in rows}
    contents[f"datasets/{DATASET}.yaml"] = _dataset(rows, path)
    return {
        name: yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
        for name, content in contents.items()
    }


def without_catalogued(
    indicators: pd.DataFrame, sheet: Sheet, catalog: Catalog
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the indicators without those whose id the catalogue has already."""
    suffix = VARIABLE_SUFFIXES["denominator"]
    reserved = {*catalog.indicators, *(f"{name}{suffix}" for name in indicators[CODE])}
    wrong = indicators[indicators[CODE].isin(list(reserved))]
    return indicators.drop(wrong.index), [
        reject_cell(sheet, CODE, "taken", row["line"], str(row[CODE]))
        for row in wrong.to_dict("records")
    ]


def combined(
    books: Mapping[str, pd.DataFrame], current: str, sheet: Sheet
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the indicators of all workbooks, by file name; the first that has one counts.

    Also the rejections of the rows of the workbook `current` that differ in another one.
    """
    first: dict[str, tuple[str, dict[str, Any]]] = {}
    rejected = []
    for file, frame in books.items():
        for record in frame.astype(object).where(frame.notna(), None).to_dict("records"):
            row = {str(name): value for name, value in record.items()}
            first_file, first_row = first.setdefault(row[CODE], (file, row))
            if {**first_row, "line": 0} == {**row, "line": 0} or current not in (file, first_file):
                continue
            current_row, another = (row, first_file) if file == current else (first_row, file)
            rejected.append(
                reject_cell(
                    sheet,
                    CODE,
                    "otherwise",
                    current_row["line"],
                    str(current_row[CODE]),
                    file=another,
                    first=first_file,
                )
            )
    columns = next(iter(books.values())).columns
    return pd.DataFrame([row for _, row in first.values()], columns=columns), rejected


def _dataset(rows: list[dict[str, Any]], path: str) -> dict[str, Any]:
    providers = ", ".join(dict.fromkeys(str(r["provider"]) for r in rows))
    variables = {
        f"{r['indicator']}{suffix}": {
            "title": {"it": r["title_it"], "en": r["title_en"]},
            "unit": r["unit"] if not suffix else "number",
            "additive": r["aggregate"] != "none",
            "negative": not suffix and r.get("low", 0) < 0,
            "public_variable": bool(r.get("public_variable")),
        }
        for r in rows
        for part, suffix in VARIABLE_SUFFIXES.items()
        if part == "numerator" or r["aggregate"] == "ratio"
    }
    return {
        "title": {"it": "Indicatori locali", "en": "Local indicators"},
        "provider": providers,
        "attribution": {"it": providers, "en": providers},
        "address": "-",
        "licence": ", ".join(dict.fromkeys(str(r["licence"]) for r in rows)),
        "cadence": "irregular",
        "owner": providers,
        "variables": variables,
        "files": [{"path": path, "layout": "local_workbook", "lists": True}],
    }


def _indicator(row: dict[str, Any]) -> dict[str, Any]:
    name = row["indicator"]
    parts = {"numerator": f"{DATASET}.{name}"}
    if row["aggregate"] == "ratio":
        parts["denominator"] = f"{DATASET}.{name}_denominator"
    low, high = row.get("low", -inf), row.get("high", inf)
    bounds = {"range": [low, high]} if {"low", "high"} & row.keys() else {}
    return {
        "title": {"it": row["title_it"], "en": row["title_en"]},
        "short": {"it": row["title_it"], "en": row["title_en"]},
        "description": {"it": row["description_it"], "en": row["description_en"]},
        "unit": row["unit"],
        "decimals": row["decimals"],
        "better": row["better"],
        "aggregate": row["aggregate"],
        **parts,
        "multiplier": row.get("multiplier", 1),
        **bounds,
    }
