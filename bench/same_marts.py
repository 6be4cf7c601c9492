"""Marts of the shipped figures, computed by the warehouse and by pandas in one process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from bench.figure import Figure
from bench.marts_in_pandas import observations
from etl.pipeline import shipped
from tests.support.deployment import PROJECT
from warehouse.build.build import build_draft
from warehouse.config import Config
from warehouse.declarations.loader import read_catalog
from warehouse.release.publish import publish

DATASET = "irpef"  # the dataset that changes
TOLERANCE = 1e-9


def measure() -> list[Figure]:
    """Compare a full build with pandas, and with a build after one dataset changed."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.same_marts"],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = json.loads(done.stdout)
    return [
        Figure("the same marts done in pandas", seconds["pandas"], "s"),
        Figure("full build (marts, audits, files)", seconds["full"], "s"),
        Figure("times what pandas takes", seconds["full"] / seconds["pandas"], "×"),
        Figure("build after one dataset changed", seconds["changed"], "s"),
        Figure("its indicators computed, of all", 100 * seconds["computed"], "%"),
        Figure("share of a full build", seconds["changed"] / seconds["full"], "×"),
    ]


def compare(folder: Path) -> dict[str, float]:
    """Return the seconds of each; raises `RuntimeError` if values differ."""
    config = Config(catalog=PROJECT / "warehouse" / "catalog", data=folder)
    catalog, inputs = read_catalog(config.catalog), shipped.read()
    component = inputs["component"].to_pandas()
    day = datetime.now(tz=UTC).date().isoformat()
    start = time.perf_counter()
    again = observations(catalog, component, day, config.thresholds.minimum_coverage)
    again.to_parquet(folder / "again.parquet")
    pandas = time.perf_counter() - start
    start = time.perf_counter()
    draft = build_draft(config, catalog, inputs)
    full = time.perf_counter() - start
    _check(again.set_index(["indicator", "territory", "period"])["value"], draft.path)
    accepted = {audit.audit: "measured" for audit in draft.manifest.failed}
    publish(config, draft.release, accepted)
    start = time.perf_counter()
    later = build_draft(config, catalog, inputs | {"component": _changed(component)})
    return {
        "pandas": pandas,
        "full": full,
        "changed": time.perf_counter() - start,
        "computed": len(later.manifest.computed) / len(catalog.indicators),
    }


def _changed(component: pd.DataFrame) -> pa.Table:
    figures = component.copy()
    figures.loc[figures["dataset"] == DATASET, "value"] += 1
    return pa.Table.from_pandas(figures, preserve_index=False)


def _check(again: pd.Series[float], release: Path) -> None:
    table = pq.read_table(release / "observation.parquet").to_pandas().dropna(subset="value")
    ours = table.set_index(["indicator", "territory", "period"])["value"]
    both = pd.concat({"ours": ours, "pandas": again}, axis="columns")
    wrong = (both["ours"] - both["pandas"]).abs() > TOLERANCE * both["ours"].abs().clip(lower=1)
    bad_rows = wrong | both.isna().any(axis="columns")
    if bad := int(bad_rows.sum()):
        raise RuntimeError(f"{bad} values differ in pandas, such as {both[bad_rows].head()}")


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        print(json.dumps(compare(Path(temporary))))  # noqa: T201  # read by `measure`
