"""The real command: half-sent requests, a loop that never waits, workers, a prefix."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import time
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import pytest
import yaml

from tests.support.deployment import command, deploy, memory, serving, workers_of
from warehouse.config import read_config

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST = 120  # seconds that a busy machine may take
LARGEST_PAIR = 400  # MiB of two fresh workers, what they share counted once


@pytest.fixture(scope="module")
def two_workers(
    deployment: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, int, float]]:
    """Address, process and memory of a fresh server with two workers below a prefix."""
    data = str(read_config(deployment).data)
    settings = {"workers": 2, "prefix": "/cruscotto"}
    config = deploy(tmp_path_factory.mktemp("two"), data=data, server=settings)
    with serving(config) as (address, process):
        _wait_for_workers(address, process)
        size = sum(map(memory, workers_of(process)))
        yield address, process, size


def _wait_for_workers(address: str, parent: int) -> None:
    deadline = time.monotonic() + LONGEST
    while len(workers_of(parent)) < 2 or not _is_ready(address):
        assert time.monotonic() < deadline
        time.sleep(0.2)


def _is_ready(address: str) -> bool:
    try:
        with urlopen(f"{address}/health/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])


HALVES = (
    b"",
    b"GET /dati HTT",
    b"GET /dati HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    b"POST /_dash-update-component HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{",
)


def _answer_to_half(port: int, half: bytes) -> tuple[bytes, float]:
    """Send half a request; return the answer and the seconds until it came and all was closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(half)
        begin = time.monotonic()
        answer = connection.recv(4_096)
        seconds = time.monotonic() - begin
        while connection.recv(4_096):
            pass
        return answer, seconds


@pytest.fixture(scope="module")
def answers(server: str) -> Iterator[Mapping[bytes, Future[tuple[bytes, float]]]]:
    """The answers to halves, which take 15 seconds, while other tests run."""
    with ThreadPoolExecutor(len(HALVES)) as pool:
        yield {half: pool.submit(_answer_to_half, _port(server), half) for half in HALVES}


@pytest.mark.usefixtures("answers")
def test_many_half_sent_requests_do_not_stop_readers(server: str) -> None:
    connections = [socket.create_connection(("127.0.0.1", _port(server))) for _ in range(200)]
    try:
        for connection in connections:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        begin = time.monotonic()
        with urlopen(f"{server}/health/live", timeout=LONGEST) as answer:
            assert answer.read() == b"ok\n"
        assert time.monotonic() - begin < 5  # the half-sent ones stay open for 15
    finally:
        for connection in connections:
            connection.close()


def test_drawing_does_not_hold_up_what_needs_no_drawing(server: str) -> None:
    address = f"{server}/api/works.xlsx"  # seconds of work
    with ThreadPoolExecutor(4) as pool:
        slow = [pool.submit(lambda: urlopen(address, timeout=2 * LONGEST).read()) for _ in range(4)]
        waits = []
        while not all(work.done() for work in slow):
            begin = time.monotonic()
            with urlopen(f"{server}/health/live", timeout=LONGEST) as answer:
                answer.read()
            waits.append(time.monotonic() - begin)
            time.sleep(0.02)
    assert len(waits) > 10
    assert sorted(waits)[len(waits) * 9 // 10] < 0.5, sorted(waits)[-5:]


def test_no_banner_names_a_version(server: str) -> None:
    with urlopen(server, timeout=LONGEST) as answer:
        headers, page = answer.headers, answer.read().decode()
    assert "server" not in headers
    settings = json.loads(re.findall(r'id="_dash-config"[^>]*>(\{.*?\})</script>', page)[0])
    assert not {"python_version", "dash_version", "end_id"} & settings.keys()


def test_below_a_prefix_every_address_begins_with_it(two_workers: tuple[str, int, float]) -> None:
    address = two_workers[0]
    with urlopen(f"{address}/cruscotto/indicatori/ageing_index", timeout=LONGEST) as answer:
        page = answer.read().decode()
    files = re.findall(r'<(?:script|link)\b[^>]*?(?:src|href)="([^"]+)"', page)
    assert len(files) > 5
    referer = {"Referer": f"{address}/cruscotto/indicatori/ageing_index"}
    with urlopen(
        Request(f"{address}/cruscotto/_dash-layout", headers=referer), timeout=LONGEST
    ) as answer:
        layout = " ".join(_strings(json.load(answer)))
    assert "view-indicator" in layout
    links = re.findall(r'(?:href|src|action)="([^"#]+)', page + layout)
    shapes = re.findall(r"(\S*/shapes/\S+\.svg)", layout)
    assert len(links) > 30
    assert shapes
    inside = [a for a in [*files, *links, *shapes] if not a.startswith("https://")]
    assert [a for a in inside if not a.startswith("/cruscotto/") and a != "/cruscotto"] == []
    for file in {*files, *shapes, *(a for a in links if "/api/" in a)}:
        with urlopen(address + file.replace("&amp;", "&"), timeout=LONGEST) as answer:
            assert answer.status == 200
    with urlopen(f"{address}/cruscotto/api/search?q=milano", timeout=LONGEST) as answer:
        groups = json.load(answer)["groups"]
    assert all(i["address"].startswith("/cruscotto/") for g in groups for i in g["items"])
    with urlopen(f"{address}/cruscotto/robots.txt", timeout=LONGEST) as answer:
        refused = re.findall(r"^Disallow: (\S+)", answer.read().decode(), re.MULTILINE)
    assert refused == ["/cruscotto/api/", "/cruscotto/_page/", "/cruscotto/_places/"]
    style = next(f for f in files if f.endswith(".css"))
    with urlopen(address + style, timeout=LONGEST) as answer:
        fonts = re.findall(r"url\(([^)]+\.woff2)\)", answer.read().decode())
    for font in fonts:
        with urlopen(f"{address}{style.rpartition('/')[0]}/{font}", timeout=LONGEST) as answer:
            assert answer.read(4) == b"wOF2"


def _strings(value: object) -> Iterator[str]:
    """Yield every text of a JSON document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def test_a_worker_that_is_killed_is_replaced_and_its_counters_stay(
    two_workers: tuple[str, int, float],
) -> None:
    address, parent, _ = two_workers
    for _ in range(20):
        connection = HTTPConnection("127.0.0.1", _port(address), timeout=LONGEST)
        connection.request("GET", "/health/live")
        assert connection.getresponse().status == 200
        connection.close()
    time.sleep(1.1)
    before = _answers(address)
    victim, other = workers_of(parent)
    os.kill(victim, signal.SIGKILL)
    deadline = time.monotonic() + LONGEST
    while len(workers_of(parent)) < 2 or victim in workers_of(parent):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert other in workers_of(parent)
    assert _answers(address) >= before > 0


def test_two_fresh_workers_are_small(two_workers: tuple[str, int, float]) -> None:
    assert 50 < two_workers[2] < LARGEST_PAIR


@pytest.mark.parametrize("workers", [1, 2])
def test_a_server_that_is_stopped_leaves_no_temporary_files(
    workers: int, deployment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = str(read_config(deployment).data)
    config = deploy(tmp_path, data=data, server={"workers": workers})
    with TemporaryDirectory(prefix="t-") as folder:  # a socket in it has at most 108 characters
        monkeypatch.setenv("TMPDIR", folder)
        with serving(config):
            assert list(Path(folder).glob("cruscotto-*"))
        assert not list(Path(folder).glob("cruscotto-*"))


def _answers(address: str) -> float:
    with urlopen(f"{address}/metrics", timeout=LONGEST) as answer:
        text = answer.read().decode()
    return sum(
        float(line.rpartition(" ")[2])
        for line in text.splitlines()
        if line.startswith("cruscotto_requests_total")
    )


def test_a_server_that_all_may_reach_does_not_start_unless_it_is_meant_to(tmp_path: Path) -> None:
    config = deploy(tmp_path, server={"host": "0.0.0.0"})  # noqa: S104  # what is refused
    done = command(config, "dashboard", "serve")
    assert done.returncode == 1
    assert "server.access" in done.stderr
    assert "Traceback" not in done.stderr
    config.write_text(yaml.safe_dump({**yaml.safe_load(config.read_text()), "server": {}}))
    done = command(config, "dashboard", "serve", "--workers", "2")
    assert done.returncode == 1
    assert "etl refresh --publish" in done.stderr


def test_a_request_that_does_not_end_is_closed(
    answers: Mapping[bytes, Future[tuple[bytes, float]]],
) -> None:
    for half, coming in answers.items():
        answer, seconds = coming.result()
        assert answer.startswith(b"HTTP/1.1 408 "), half
        assert seconds < 20, half
