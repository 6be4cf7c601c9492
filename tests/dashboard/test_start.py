"""What a server that starts waits for, and what it leaves for later."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.support.deployment import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path

PAGES = """
import sys
from dashboard.registry import HEADINGS
print("dashboard.pages.risk" in sys.modules, HEADINGS["risk"].__module__)
"""
ASKED = """
from threading import enumerate
from starlette.testclient import TestClient
from dashboard.asgi import application
before = len(enumerate())
TestClient(application).get("/segni")
print(before, [thread.name.split()[0] for thread in enumerate()].count("warm"))
"""

# And what of files, feeds and pages that are not stored it has imported.
STARTED = """
import gc, sys
from dashboard.asgi import application
print(gc.isenabled(), gc.get_freeze_count() > 100_000, "dashboard.pages.risk.panels" in sys.modules)
names = "xlsxwriter resvg_py pptx shapely pyarrow numpy pandas rich"
pages = "export.news news.changes pages.indicator.map pages.news.panels outlines"
print(*(n for n in names.split() if n in sys.modules))
print(*(n for n in pages.split() if f"dashboard.{n}" in sys.modules))
"""
PAGES_SENT = """
import hashlib
from starlette.testclient import TestClient
from dashboard.asgi import application
client = TestClient(application)
for address in ("/", "/ambiti/economy", "/indicatori/mean_taxable_income", "/territori/015146"):
    for form in (address, f"/_page/any{address}"):
        answer = client.get(f"{form}?lang=en&theme=dark")  # a page with a selection is not stored
        print(answer.status_code, hashlib.sha256(answer.content).hexdigest())
"""


def run(config: Path, program: str, **variables: str) -> list[str]:
    """Return what a process of its own says, word by word."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        env=environment(config) | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_a_page_that_is_looked_up_first_is_there(deployment: Path) -> None:
    assert run(deployment, PAGES) == ["False", "dashboard.pages.risk.panels"]


def test_a_server_starts_without_what_only_files_and_drawing_need(deployment: Path) -> None:
    is_collecting, is_frozen, has_risk, *imported = run(deployment, STARTED)
    assert imported == []
    assert (is_collecting, is_frozen) == ("True", "True")  # garbage among what is new
    assert has_risk == "False"


def test_a_server_reads_ahead_once_it_is_asked(published_city: Path) -> None:
    assert run(published_city / "config.yaml", ASKED) == ["1", "1"]


def test_a_page_is_the_same_whatever_seed_python_has_for_its_hashes(deployment: Path) -> None:
    first, second = (run(deployment, PAGES_SENT, PYTHONHASHSEED=seed) for seed in ("1", "4"))
    assert first == second
    assert first.count("200") == 8
