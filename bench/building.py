"""Builds and publishes an invented country in a process of its own: time, memory and spill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.country import Country
from warehouse.build.build import build_draft
from warehouse.config import Config, Limits
from warehouse.release.publish import publish

SECONDS_BETWEEN_LOOKS = 0.5


@dataclass(frozen=True, slots=True)
class Build:
    """Seconds by the clock and of processor time, observations, peak memory, peak of the spill.

    The spill are DuckDB's temporary files.
    """

    seconds: float
    cpu_seconds: float
    rows: int
    megabytes: float
    spilled_megabytes: float


def run(country: Country, folder: Path) -> Build:
    """Build the figures in `folder` and publish the release in its `data`."""
    words = [sys.executable, "-m", "bench.building", str(folder), json.dumps(asdict(country))]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    spilled = 0.0
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        spilled = max(spilled, _spill(folder))
        time.sleep(SECONDS_BETWEEN_LOOKS)
    _, status, usage = ended
    process.returncode = os.waitstatus_to_exitcode(status)
    with process:
        output = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise RuntimeError(f"the build of the country failed with {process.returncode}")
    result = json.loads(output)
    cpu_seconds = usage.ru_utime + usage.ru_stime
    return Build(result["seconds"], cpu_seconds, result["rows"], usage.ru_maxrss / 1000, spilled)


def config_of(folder: Path) -> Config:
    """Return the deployment of a country in `folder`."""
    limits = Limits(memory=1_024)  # of figures of this size
    return Config(catalog=folder, data=folder / "data", language="it", limits=limits)


def _spill(folder: Path) -> float:
    """Return the megabytes that DuckDB has in temporary files."""
    size = 0
    for path in folder.glob("data/releases/.draft-*/*.tmp/*"):
        try:
            size += path.stat().st_size
        except FileNotFoundError:
            continue  # removed meanwhile
    return size / 1e6


def _build(folder: Path, country: Country) -> dict[str, float]:
    config, inputs = config_of(folder), country.inputs(folder)
    catalog = country.catalog()
    start = time.perf_counter()
    draft = build_draft(config, catalog, inputs)
    seconds = time.perf_counter() - start
    if failed := [audit.audit for audit in draft.manifest.failed]:
        raise RuntimeError(f"the invented country fails its audits: {failed}")
    publish(config, draft.release)
    return {"seconds": seconds, "rows": draft.manifest.tables["observation"].rows}


if __name__ == "__main__":
    size = Country(**json.loads(sys.argv[2]))
    print(json.dumps(_build(Path(sys.argv[1]), size)))  # noqa: T201  # read by `run`
