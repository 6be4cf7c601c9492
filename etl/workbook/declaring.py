"""The local indicators of a workbook as declarations of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from etl.sources.local_workbook import PARTS

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

DATASET = "local"
HEAD = "# Written by `etl load` from the workbook of local indicators: change it there.\n"


def declare(folder: Path, indicators: pd.DataFrame, path: str) -> tuple[Path, ...]:
    """Write the dataset `local` and a file for each indicator into a catalogue folder."""
    listed = [
        {str(k): v for k, v in row.items() if v is not None}
        for row in indicators.to_dict("records")
    ]
    written = [_write(folder / "datasets" / f"{DATASET}.yaml", _dataset(listed, path))]
    for row in listed:
        place = folder / "indicators" / str(row["area"]) / f"{row['indicator']}.yaml"
        written.append(_write(place, _indicator(row)))
    return tuple(written)


def _dataset(rows: list[dict[str, Any]], path: str) -> dict[str, Any]:
    providers = ", ".join(dict.fromkeys(str(r["provider"]) for r in rows))
    variables = {
        f"{r['indicator']}{ending}": {
            "title": {"it": r["title_it"], "en": r["title_en"]},
            "unit": r["unit"] if not ending else "number",
            "additive": r["aggregate"] != "none",
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
    bounds = {"range": [row["low"], row["high"]]} if {"low", "high"} <= row.keys() else {}
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


def _write(path: Path, content: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(HEAD + text, encoding="utf-8")
    return path
