"""Two workers under fifty requests a second while everything happens: no error, no mixed answer."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

import pytest

from tests.support.deployment import deploy, memory, serving, workers_of
from tests.support.releases import flip, multiply
from warehouse.config import read_config
from warehouse.errors import CruscottoError
from warehouse.files import write_atomic
from warehouse.release.publish import published, rollback

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.config import Config

SECONDS = 24
RATE = 50  # requests a second
KILLS, MOVES = 3, 20
LONGEST = 120  # seconds that a busy machine may take
LARGEST = 700  # MiB of a worker that has three releases of the shipped figures open
INDICATOR, PLACE = "resident_population", "cm-milano"
ADDRESSES = (
    f"/api/indicators/{INDICATOR}",
    f"/api/indicators/{INDICATOR}",
    "/api/indicators",
    "/health/ready",
    "/_dash-layout",
    "/",
)


@dataclass
class Record:
    """What the readers saw: answers by address and release, faults in words."""

    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    cut: int = 0


@pytest.fixture
def releases(deployment: Path, tmp_path: Path) -> tuple[Config, dict[str, int]]:
    """A deployment of three whole releases whose figures are 1, 2 and 3 times the published."""
    source = read_config(deployment)
    settings = {"workers": 2}
    config = read_config(deploy(tmp_path, server=settings))
    shutil.copytree(source.data, config.data, ignore=shutil.ignore_patterns("cache", "snapshots"))
    name = published(config)
    assert name
    return config, {name: 1, **{multiply(config, name, times): times for times in (2, 3)}}


def _figure(content: bytes) -> tuple[str, float]:
    """Return the release that an answer names, and the population that it gives."""
    answer = json.loads(content)
    rows = [o for o in answer["observations"] if o["territory"] == PLACE]
    return answer["release"], max(rows, key=lambda o: o["period"])["value"]


class Readers:
    """Readers on connections of their own, each answer checked against the figures it may give."""

    def __init__(self, port: int, figures: dict[str, float]) -> None:
        self._port = port
        self._figures = figures
        self._chance = random.Random(20)  # noqa: S311  # the same addresses at every run
        self._lock = threading.Lock()
        self.record = Record()

    def read(self) -> None:
        """Send one request; a connection that a kill has cut is tried again, as browsers do."""
        address = self._chance.choice(ADDRESSES)
        for attempt in range(6):
            try:
                status, content = self.ask(address)
            except (OSError, HTTPException):
                with self._lock:
                    self.record.cut += 1
                time.sleep(0.1 * (attempt + 1))
            else:
                self._check(address, status, content)
                return
        with self._lock:
            self.record.faults.append(f"{address}: no answer")

    def ask(self, address: str) -> tuple[int, bytes]:
        """Return status and body of one answer."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=LONGEST)
        try:
            connection.request("GET", address, headers={"Referer": "http://127.0.0.1/dati"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def _check(self, address: str, status: int, content: bytes) -> None:
        release = ""
        fault = "" if status == 200 else f"{address}: {status}"
        if address.endswith(INDICATOR) and not fault:
            release, value = _figure(content)
            if value != self._figures[release]:
                fault = f"{release} with {value}, not {self._figures[release]}"
        elif address == "/api/indicators" and not fault:
            named = {entry["release"] for entry in json.loads(content)}
            release = min(named)
            fault = f"a list of {sorted(named)}" if len(named) > 1 else ""
        with self._lock:
            self.record.answers[address, release] += 1
            self.record.faults += [fault] if fault else []


def _disturb(config: Config, names: list[str], parent: int, readers: Readers) -> None:
    """Publish, roll back, kill workers, fill the disk, flip a bit of a release not yet open."""
    damaged = multiply(config, names[0], 9)
    flip(config.releases / damaged / "observation.parquet", 40_000)
    kills = {MOVES // (KILLS + 1) * (n + 1) for n in range(KILLS)}
    for move in range(MOVES):
        if move == MOVES // 2:
            write_atomic(config.pointer, damaged + "\n")  # as if published before it was damaged
            _wait_for_problem(readers)
        else:
            rollback(config, names[move % len(names)])
            _wait_for(readers, names[move % len(names)])
        if move == MOVES // 3:
            _move_on_a_full_disk(config, names[(move + 1) % len(names)])
        if move in kills:
            os.kill(_both_workers(parent)[move % 2], signal.SIGKILL)
        time.sleep(SECONDS / MOVES)


def _move_on_a_full_disk(config: Config, release: str) -> None:
    """Try to move the pointer while this process may write nothing, as on a full disk."""
    before = config.pointer.read_text(encoding="utf-8")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises((OSError, CruscottoError)):
            rollback(config, release)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert config.pointer.read_text(encoding="utf-8") == before


def _both_workers(parent: int) -> list[int]:
    """Return the two workers; one that was killed is replaced at once, but not in no time."""
    deadline = time.monotonic() + LONGEST
    while len(workers := workers_of(parent)) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return workers


def _health(readers: Readers) -> dict[str, object]:
    """Return what a worker says of itself; nothing where a kill has cut the connection."""
    try:
        health: dict[str, object] = json.loads(readers.ask("/health/ready")[1])
    except (OSError, HTTPException):
        return {}
    return health


def _wait_for(readers: Readers, release: str) -> None:
    """Wait until a worker serves the release, at most three seconds: a busy machine is slow."""
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        if _health(readers).get("release") == release:
            return
        time.sleep(0.1)


def _wait_for_problem(readers: Readers) -> None:
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        if _health(readers).get("problems"):
            return
        time.sleep(0.2)
    raise AssertionError("no worker reports the damaged release")


def test_no_error_and_no_mixed_answer(
    releases: tuple[Config, dict[str, int]], tmp_path: Path
) -> None:
    config, times = releases
    with serving(tmp_path / "config.yaml") as (address, parent):
        port = int(address.rpartition(":")[2])
        base = _figure(Readers(port, {}).ask(ADDRESSES[0])[1])[1]
        readers = Readers(port, {name: base * n for name, n in times.items()})
        names = list(times)
        with ThreadPoolExecutor(17) as pool:
            disturbance = pool.submit(_disturb, config, names, parent, readers)
            begin = time.monotonic()
            sent = 0
            while sent < SECONDS * RATE or not disturbance.done():
                time.sleep(max(0.0, begin + sent / RATE - time.monotonic()))
                pool.submit(readers.read)
                sent += 1
        disturbance.result()
        sizes = [memory(worker) for worker in _both_workers(parent)]
    record = readers.record
    assert record.faults == []
    assert sum(record.answers.values()) == sent
    seen = {release for address, release in record.answers if release}
    assert seen <= set(times)  # the damaged one never
    assert len(seen) > 1, record.answers
    assert record.cut < 150, record.cut
    assert max(sizes) < LARGEST, sizes
    log = (tmp_path / "server.log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert "% ▕" not in log  # DuckDB's progress bar
    assert "observation" in log  # the damage is reported
