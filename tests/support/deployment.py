"""A deployment in a temporary folder, served by its own process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from socket import create_server
from typing import TYPE_CHECKING
from urllib.request import urlopen

import yaml

from warehouse.config import CONFIG_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parents[2]
STARTUP_SECONDS, STOP_SECONDS, POLL = 240, 60, 0.02  # on a busy machine


def deploy(folder: Path, **settings: object) -> Path:
    """Write a `config.yaml` of its own data folder into `folder` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    defaults = {"catalog": str(PROJECT / "warehouse" / "catalog"), "data": "data"}
    config = folder / "config.yaml"
    config.write_text(yaml.safe_dump(defaults | settings), encoding="utf-8")
    return config


def environment(config: Path) -> dict[str, str]:
    """Return the environment in which commands work on the deployment of `config`."""
    return os.environ | {CONFIG_FILE: str(config), "PYTHONUTF8": "1"}


def environment_elsewhere() -> dict[str, str]:
    """Return an environment that names neither this checkout nor a deployment."""
    hidden = ("PYTHONPATH", CONFIG_FILE)
    return {k: v for k, v in os.environ.items() if k not in hidden} | {"PYTHONUTF8": "1"}


def command(config: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m <words>` on the deployment of `config`; the caller reads its exit code."""
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=PROJECT,
        env=environment(config),
        capture_output=True,
        text=True,
        check=False,
    )


def second_city(folder: Path) -> Path:
    """Copy the second city, its catalogue and files, and return its `config.yaml`."""
    shutil.copytree(PROJECT / "tests" / "second_city", folder, dirs_exist_ok=True)
    return folder / "config.yaml"


def publish(config: Path, *words: str) -> None:
    """Publish what ships with the project, as `make build` does, or what `words` ask for."""
    done = command(config, "etl", "refresh", "--publish", *words)
    if done.returncode:
        raise RuntimeError(f"etl refresh --publish failed:\n{done.stdout}\n{done.stderr}")


def free_port() -> int:
    """Return a port that nothing listens on."""
    with create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@contextmanager
def serving(config: Path, program: Path | None = None, port: int = 0) -> Iterator[tuple[str, int]]:
    """Serve the deployment of `config`; gives its address and the process id of the server.

    `program`: an installed `dashboard`, which finds the configuration in its own folder.
    """
    words = [str(program)] if program else [sys.executable, "-m", "dashboard"]
    port = port or free_port()
    log = config.with_name("server.log")
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [*words, "serve", "--port", str(port)],
            cwd=config.parent if program else PROJECT,
            env=environment_elsewhere() if program else environment(config),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, address := f"http://127.0.0.1:{port}", log)
            yield address, process.pid
        finally:
            _stop(process)


def workers_of(server: int) -> list[int]:
    """Return the serving processes: what the process that imported everything has forked."""
    return [
        worker for child in _children(server) for worker in _children(child) if _is_alive(worker)
    ]


def _children(process: int) -> list[int]:
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(word) for word in text.split()]


def _is_alive(process: int) -> bool:
    try:
        return bool(Path(f"/proc/{process}/cmdline").read_bytes())  # a zombie has none
    except OSError:
        return False


def memory(process: int) -> float:
    """Return the memory of a process in MiB, what it shares divided among the sharers."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    return int(text.partition("\nPss:")[2].split()[0]) / 1024


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{address}/health/ready", timeout=30):
                return
        except (OSError, HTTPException):
            time.sleep(POLL)
    raise RuntimeError(f"{address} does not answer:\n{log.read_text(encoding='utf-8')}")
