"""Rebuild with invented data the size of Italy: all municipalities, 60 indicators, 20 years."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from bench.figure import Figure
from warehouse.build.build import build_draft
from warehouse.config import Config
from warehouse.declarations.loader import Catalog
from warehouse.schema.input_tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Iterator

MUNICIPALITIES, PROVINCES, INDICATORS, FIRST, YEARS = 7_900, 107, 60, 2005, 20
DATASETS = 6
SECONDS, MEGABYTES = 60, 2_000
SHA = "0" * 64
COUNTRY = "country"

# Invented but realistic figures: a level per municipality, a trend, a little noise; rounded as
# providers do. One in two hundred is missing.
FIGURES = """
copy (
    select
        if(v = 0, 'population', 'd' || v % {datasets}) as dataset,
        if(v = 0, 'residents', 'v' || v) as variable,
        lpad(m::varchar, 6, '0') as territory,
        ({first} + y)::varchar as period,
        round(
            (200 + hash(m) % 30000) * (1 + 0.01 * y)
            * if(v = 0, 1, 0.2 + hash(v, m) % 100 / 200 + hash(v, m, y) % 100 / 5000),
            if(v % 2 = 0, 0, 2)
        ) as value,
        'A' as obs_status,
        '{sha}' as snapshot
    from range({indicators} + 1) as vs (v),
        range({municipalities}) as ms (m),
        range({years}) as ys (y)
    where v = 0 or hash(v, y, m) % 200 > 0
) to '{path}' (format parquet, compression zstd)
"""


def measure() -> list[Figure]:
    """Build the country once, in a separate process."""
    with TemporaryDirectory() as folder:
        generate(Path(folder))
        seconds, megabytes, rows = _run(Path(folder))
    return [
        Figure(f"rebuild of the country, {rows / 1e6:.1f} M observations", seconds, "s", SECONDS),
        Figure("its peak memory", megabytes, "MB", MEGABYTES),
    ]


def generate(folder: Path) -> None:
    """Write invented figures of the whole country into `folder`."""
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(
            FIGURES.format(
                datasets=DATASETS,
                first=FIRST,
                sha=SHA,
                indicators=INDICATORS,
                municipalities=MUNICIPALITIES,
                years=YEARS,
                path=folder / "component.parquet",
            )
        )


def build(folder: Path) -> dict[str, float]:
    """Build a draft of the figures in `folder`; seconds and observations."""
    config = Config(catalog=folder, data=folder / "data")
    catalog = Catalog.model_validate(_catalog())
    start = time.perf_counter()
    draft = build_draft(config, catalog, _inputs(folder))
    seconds = time.perf_counter() - start
    failed = [audit.audit for audit in draft.manifest.failed]
    if failed:
        raise RuntimeError(f"the invented country fails its audits: {failed}")
    return {"seconds": seconds, "rows": draft.manifest.tables["observation"].rows}


def _run(folder: Path) -> tuple[float, float, float]:
    """Return seconds, peak megabytes (of the whole process) and observations of one build."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.national", str(folder)], stdout=subprocess.PIPE, text=True
    )
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the rebuild of the country failed with {process.returncode}")
    result = json.loads(output)
    return result["seconds"], usage.ru_maxrss / 1000, result["rows"]


def _inputs(folder: Path) -> dict[str, pa.Table | Path]:
    names = ["population", *(f"d{n}" for n in range(DATASETS))]
    rows = [{"snapshot": SHA, "dataset": name, "file": f"{name}.csv"} for name in names]
    table = pa.Table.from_pylist(rows, schema=INPUTS["snapshot"].schema)
    return {"component": folder / "component.parquet", "snapshot": table}


def _catalog() -> dict[str, Any]:
    node = {"id": "economy", "type": "policy_area", "title": _words("Sviluppo")}
    plan = {"id": "2024", "title": _words("2024"), "start": 2024, "end": 2026, "current": True}
    return {
        "plan": {
            "title": _words("Piano"),
            "body": _words("Paese"),
            "cycles": [plan | {"framework": [node]}],
        },
        "units": {"number": {"symbol": _words("n."), "change": "percent"}},
        "indicators": {f"i{n:02}": _indicator(n) for n in range(1, INDICATORS + 1)},
        "datasets": dict(_datasets()),
        "territories": {t["territory"]: t for t in _territories()},
        "memberships": [
            {"municipality": _code(m), "zone": f"p{m % PROVINCES:03}", "valid_from": "2000-01-01"}
            for m in range(MUNICIPALITIES)
        ],
        "successions": (),
        "corrections": (),
    }


def _indicator(n: int) -> dict[str, Any]:
    return {
        "id": f"i{n:02}",
        "area": "economy",
        "title": _words(f"I{n}"),
        "short": _words(f"I{n}"),
        "description": _words(f"I{n}"),
        "unit": "number",
        "decimals": 2,
        "better": "neither",
        "numerator": f"d{n % DATASETS}.v{n}",
        **(
            {"aggregate": "ratio", "denominator": "population.residents"}
            if n % 3
            else {"aggregate": "weighted_mean", "weight": "population.residents"}
        ),
    }


def _datasets() -> Iterator[tuple[str, dict[str, Any]]]:
    variables: dict[str, list[str]] = {f"d{n}": [] for n in range(DATASETS)}
    variables["population"] = ["residents"]
    for n in range(1, INDICATORS + 1):
        variables[f"d{n % DATASETS}"].append(f"v{n}")
    for name, names in variables.items():
        yield (
            name,
            {
                "id": name,
                "title": _words(name),
                "provider": "-",
                "attribution": _words("-"),
                "address": "-",
                "licence": "-",
                "cadence": "annual",
                "owner": "-",
                "variables": {v: {"title": _words(v), "unit": "number"} for v in names},
            },
        )


def _territories() -> Iterator[dict[str, Any]]:
    yield _territory(COUNTRY, "metro", None)
    for p in range(PROVINCES):
        yield _territory(f"p{p:03}", "zone", COUNTRY)
    for m in range(MUNICIPALITIES):
        yield _territory(_code(m), "municipality", f"p{m % PROVINCES:03}")


def _territory(code: str, level: str, parent: str | None) -> dict[str, Any]:
    return {"territory": code, "name": code, "short": code, "level": level, "parent": parent}


def _code(m: int) -> str:
    return f"{m:06}"


def _words(text: str) -> dict[str, str]:
    return {"it": text, "en": text}


if __name__ == "__main__":
    print(json.dumps(build(Path(sys.argv[1]))))  # noqa: T201  # read by `measure`
