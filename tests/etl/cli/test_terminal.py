"""What a person meets at a terminal: narrow tables, Ctrl+C, an empty folder, a port in use."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from dashboard.server.listening import check_port
from etl.cli.widths import FRAME, MARGIN, column_widths
from etl.exit_codes import Exit
from tests.support.deployment import PROJECT, command, deploy, environment, second_city
from tests.support.in_process import call
from tests.support.residents_only import residents_only
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog
from warehouse.errors import ReleaseError
from warehouse.release.publish import published

if TYPE_CHECKING:
    from pathlib import Path

CATALOG = read_catalog(PROJECT / "warehouse" / "catalog")


@pytest.fixture
def city(deployment: Path, tmp_path: Path) -> Path:
    """The `config.yaml` of a deployment in Italian with the shipped figures published."""
    folder = tmp_path / "city"
    shutil.copytree(deployment.parent, folder)
    return deploy(folder, language="it")


@pytest.mark.parametrize(
    ("columns", "terminal", "expected"),
    [
        ([["a b", "cc"], ["d"]], 80, [3, 1]),  # all on one line
        ([["one two three"], ["four five"]], 20, [8, 5]),
        ([["one", "x" * 40], ["four five six"]], 30, [19, 4]),  # only the path is folded
        ([["one"], ["two"]], 4, [1, 1]),
    ],
)
def test_columns_keep_words_whole(
    columns: list[list[str]], terminal: int, expected: list[int]
) -> None:
    widths = column_widths(columns, terminal)
    assert widths == expected
    if terminal > MARGIN * len(columns) + FRAME:
        assert sum(widths) + FRAME + MARGIN * len(columns) <= terminal


def narrow(config: Path, *words: str) -> str:
    """Return what a command prints on a terminal of 80 columns."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
        done = call(config, "etl", *words)
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout


def test_status_breaks_no_word_at_eighty_columns(city: Path) -> None:
    text = narrow(city, "status")
    assert max(map(len, text.splitlines())) <= 80
    for word in ("Prossimo", "chiedere", "scaricato", "Settore", "pubblicato", "trimestrale"):
        assert re.search(rf"\b{word}\b", text), word
    cells = {cell.strip() for line in text.splitlines() for cell in line.split("│")}
    assert {dataset.id for dataset in CATALOG.datasets.values() if dataset.id in text} <= cells
    assert len(cells & set(CATALOG.datasets)) >= 40
    assert re.search(r"│ +\d\d\.\d{3} │", text)  # observations as Italian writes them


def test_refresh_breaks_no_word_at_eighty_columns(city: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    shutil.copytree(PROJECT / "tests/specimens/irpef/income", folder / "income")
    text = narrow(city, "refresh", "--dataset", "irpef", "--from", str(folder))
    assert max(map(len, text.splitlines())) <= 80
    for word in (
        "provincial_road_accidents",
        "Rifiutate",
        "interrotto.",
        "Riscaricarlo:",
        "dataset.",
    ):
        assert word in text


def test_gc_writes_numbers_in_the_language(city: Path) -> None:
    folder = read_config(city).releases / ".draft-left"
    folder.mkdir()
    (folder / "table.parquet").write_bytes(bytes(1_260_000))
    os.utime(folder, (0, 0))
    assert "liberati 1,3 MB" in narrow(city, "gc", "--dry-run")


def test_an_empty_folder_is_an_error_and_nothing_is_built(city: Path, tmp_path: Path) -> None:
    before = published(read_config(city))
    (tmp_path / "empty").mkdir()
    for words in (("--publish",), (), ("--dataset", "irpef")):
        done = call(city, "etl", "refresh", "--from", str(tmp_path / "empty"), *words)
        text = " ".join(done.stdout.replace("│", " ").split())
        assert done.returncode == Exit.FAULTS
        assert "nessuno dei file dichiarati è in questa cartella" in text
        assert "già pubblicato" not in text
    assert published(read_config(city)) == before
    assert not list(read_config(city).releases.glob("*.draft"))


def test_the_history_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    config = second_city(tmp_path)
    read_config(config).refresh_history.mkdir(parents=True)
    folder = str(config.parent / "files")
    done = call(config, "etl", "refresh", "--publish", "--from", folder)
    assert done.returncode == Exit.DONE, done.stdout
    assert published(read_config(config))
    assert "non si può scrivere" in done.stdout


@pytest.mark.parametrize("moment", ["refresh.lock", "releases/.draft-*"])
def test_a_refresh_that_is_stopped_says_that_nothing_changed(tmp_path: Path, moment: str) -> None:
    catalog = residents_only(tmp_path / "catalog")
    config = deploy(tmp_path, catalog=str(catalog), language="it")
    code, text = stopped(config, moment)
    assert code == Exit.INTERRUPTED, text
    assert "Traceback" not in text
    assert "Interrotto: niente è cambiato, niente è pubblicato." in text
    assert published(read_config(config)) is None
    assert not list(read_config(config).releases.glob("*"))


def test_a_stopped_refresh_names_the_release_that_stays(city: Path) -> None:
    before = published(read_config(city))
    (read_config(city).data / "refresh.lock").unlink()
    catalog = city.parent / "catalog"
    shutil.copytree(PROJECT / "warehouse" / "catalog", catalog)
    units = catalog / "units.yaml"
    units.write_text(units.read_text("utf-8") + "\n# another digest\n", "utf-8")
    code, text = stopped(deploy(city.parent, language="it", catalog=str(catalog)), "refresh.lock")
    assert code == Exit.INTERRUPTED, text
    assert f"Interrotto: resta pubblicato {before}, niente è cambiato." in text
    assert published(read_config(city)) == before


def stopped(config: Path, moment: str) -> tuple[int, str]:
    """Press Ctrl+C in a refresh once a file `moment` is in its data folder."""
    log = config.with_name("refresh.log")
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "etl", "refresh", "--publish"],
            cwd=PROJECT,
            env=environment(config) | {"COLUMNS": "200"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + 60
        while not list(read_config(config).data.glob(moment)):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        code = process.wait(60)
    return code, log.read_text("utf-8")


def test_a_port_in_use_is_one_line_and_no_address(city: Path) -> None:
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    try:
        done = command(city, "dashboard", "serve", "--port", str(server.server_port))
    finally:
        server.server_close()
    assert done.returncode == 1
    assert "http://" not in done.stdout + done.stderr
    (line,) = " ".join(done.stderr.split()).split("✗")[1:]
    assert f"La porta {server.server_port} di 127.0.0.1 è occupata" in line
    assert "Traceback" not in done.stderr


def test_a_host_of_another_machine_is_named() -> None:
    # A thread of its own: a browser of another test may leave an event loop in this one.
    with ThreadPoolExecutor(1) as pool, pytest.raises(ReleaseError) as error:
        pool.submit(check_port, "192.0.2.7", 8050).result()
    assert "192.0.2.7 non è un indirizzo di questa macchina" in error.value.in_("it")[0]
