"""Proxies, intervals between calls to a host, and progress."""

from __future__ import annotations

import itertools
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.fetch import fetch
from etl.fetch.rate_limit import RateLimiter
from tests.support.deployment import PROJECT
from tests.support.http_server import (
    QUICK,
    TABLE,
    catalog,
    fetch_one,
    fetched,
    http_dataset,
)
from tests.support.misbehaving_server import (
    Provider,
    gives,
)

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_proxy_is_taken_from_the_environment(
    server: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.does("/t", gives(TABLE))
    monkeypatch.setenv("HTTP_PROXY", server.address)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert fetch_one(tmp_path, http_dataset("http://provider.invalid/t")).status == "new"
    assert server.requests[0].target == "http://provider.invalid/t"


def test_a_host_named_in_no_proxy_is_asked_directly(
    server: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert fetch_one(tmp_path, http_dataset(server.does("/t", gives(TABLE)))).status == "new"
    assert server.requests[0].target == "/t"


def test_calls_to_one_host_respect_its_interval_and_other_hosts_do_not_wait(
    server: Provider, tmp_path: Path
) -> None:
    server.does("/t", gives(TABLE))
    paced = replace(QUICK, intervals={"": 0, "127.0.0.1": 0.3})
    fetched(
        tmp_path,
        *(http_dataset(f"{server.address}/t", p) for p in ("a.csv", "b.csv")),
        limits=paced,
    )
    assert (
        server.requests[1].moment - server.requests[0].moment >= 0.2
    )  # the first call leaves a little before it arrives


def test_the_interval_of_a_domain_holds_for_its_hosts_and_the_longest_match_counts(
    tmp_path: Path,
) -> None:
    pace = RateLimiter(tmp_path, {"": 1, "istat.it": 15, "demo.istat.it": 3})
    hosts = ["demo.istat.it", "esploradati.istat.it", "istat.it", "anistat.it"]
    assert [pace.interval(host) for host in hosts] == [3, 15, 15, 1]


def test_two_processes_share_the_rate_limit_of_a_host(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from etl.fetch.rate_limit import RateLimiter\n"
        "pace = RateLimiter(Path(sys.argv[1]), {'': 0.5})\n"
        "for _ in range(2): pace.wait('host'); print(time.time(), flush=True)"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    outputs = [process.communicate(timeout=20)[0].split() for process in running]
    times = sorted(float(moment) for moments in outputs for moment in moments)
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert len(gaps) == 3
    assert min(gaps) >= 0.25  # on a busy machine a process prints its moment late


def test_progress_is_reported_in_bytes(server: Provider, tmp_path: Path) -> None:
    dataset = http_dataset(server.does("/t", gives(TABLE)))
    calls: list[tuple[str, int, int]] = []
    fetch(
        catalog(dataset),
        tmp_path,
        show=lambda *call: calls.append(call),
        pace=tmp_path / "pace",
        limits=QUICK,
    )
    assert calls[-1] == ("waste/2023.csv", len(TABLE), len(TABLE))
