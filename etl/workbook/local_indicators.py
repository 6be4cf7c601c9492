"""The local indicators of the office's workbooks as declarations of the catalogue."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import pandas as pd
import yaml

from etl.layouts.local_workbook import PARTS
from etl.quarantine import reject

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
        for row in indicators.drop(columns="line").to_dict("records")
    ]
    said = {f"indicators/{r['area']}/{r['indicator']}.yaml": _indicator(r) for r in rows}
    said[f"datasets/{DATASET}.yaml"] = _dataset(rows, path)
    return {
        name: yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
        for name, content in said.items()
    }


def of_the_catalogue(
    indicators: pd.DataFrame, sheet: Sheet, catalog: Catalog
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the indicators without those that the catalogue, without them, has already."""
    taken = {*catalog.indicators, *(f"{name}{PARTS['denominator']}" for name in indicators[CODE])}
    wrong = indicators[indicators[CODE].isin(list(taken))]
    return indicators.drop(wrong.index), [
        _refused("taken", row, sheet) for row in wrong.to_dict("records")
    ]


def together(
    books: Mapping[str, pd.DataFrame], mine: str, sheet: Sheet
) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the indicators of all workbooks, by file name; the first that has one counts.

    Refused are the rows of the workbook `mine` that another one has in other words.
    """
    first: dict[str, tuple[str, dict[str, Any]]] = {}
    refused = []
    for file, frame in books.items():
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
            said = {str(name): value for name, value in row.items()}
            there, known = first.setdefault(said[CODE], (file, said))
            if {**known, "line": 0} != {**said, "line": 0}:
                own = said if file == mine else known
                if mine in (file, there):
                    other = there if file == mine else file
                    refused.append(_refused("otherwise", own, sheet, file=other, first=there))
    columns = next(iter(books.values())).columns
    return pd.DataFrame([row for _, row in first.values()], columns=columns), refused


def _refused(rule: str, row: Mapping[Any, Any], sheet: Sheet, **filled: str) -> Rejection:
    name = str(row[CODE])
    return reject(
        *(f"workbook_{rule}", name),
        **filled,
        line=int(row["line"]),
        column=sheet.label(CODE),
        value=name,
        sheet=sheet.called,
    )


def _dataset(rows: list[dict[str, Any]], path: str) -> dict[str, Any]:
    providers = ", ".join(dict.fromkeys(str(r["provider"]) for r in rows))
    variables = {
        f"{r['indicator']}{ending}": {
            "title": {"it": r["title_it"], "en": r["title_en"]},
            "unit": r["unit"] if not ending else "number",
            "additive": r["aggregate"] != "none",
            "negative": not ending and r.get("low", 0) < 0,
        }
        for r in rows
        for part, ending in PARTS.items()
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
