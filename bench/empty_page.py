"""An empty page of Dash on its FastAPI server: the floor of what a page of it takes."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.request import urlopen

from tests.support.deployment import PROJECT, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = """
import sys
import uvicorn
from dash import Dash, html
app = Dash("empty", backend="fastapi")
app.layout = html.Div("empty", id="empty")
uvicorn.run(app.server, port=int(sys.argv[1]), log_level="error")
"""
PATIENCE = 60


@contextmanager
def serving_empty_page() -> Iterator[str]:
    """Serve it; gives its address."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(port)], cwd=PROJECT)
    address = f"http://127.0.0.1:{port}/"
    try:
        _wait(address)
        yield address
    finally:
        process.terminate()
        process.wait()


def _wait(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the empty page does not answer")
