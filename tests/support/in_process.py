"""Commands run in this process: what they print and how they end, without a start of Python."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import pytest

from dashboard.__main__ import main as dashboard
from etl.__main__ import main as etl
from warehouse.config import CONFIG_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAMS = {"etl": etl, "dashboard": dashboard}


def call(config: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the deployment of `config`, as `deployment.command` does.

    A program that ends with a traceback raises here.
    """
    output, errors = _terminal(), _terminal()
    code: object = 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(output), redirect_stderr(errors):
        patch.setenv(CONFIG_FILE, str(config))
        patch.setattr(sys, "argv", list(words))
        try:
            PROGRAMS[words[0]]()
        except SystemExit as end:
            code = end.code
    return subprocess.CompletedProcess(
        list(words), int(str(code or 0)), _text(output), _text(errors)
    )


@contextmanager
def read_in_one_process() -> Iterator[None]:
    """Read large files here too: processes of their own only take turns with the other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("etl.pipeline.reading.LARGE", sys.maxsize)
        yield


def _terminal() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _text(terminal: io.TextIOWrapper) -> str:
    terminal.seek(0)
    return terminal.read()
