"""Runs the workers that serve the application."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import tempfile
from typing import TYPE_CHECKING

import uvicorn
from uvicorn import _subprocess

from dashboard.server.metrics import SHARED_FOLDER
from dashboard.server.protocol import PatientProtocol
from warehouse.config import CONFIG_FILE

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from dashboard.server.log import Form
    from warehouse.config import Server

APPLICATION = "dashboard.asgi:application"
PRELOADED = ["dashboard.app", "dashboard.preloaded", "dashboard.server.fork_origin"]
LOG_FORM = "CRUSCOTTO_LOG"
MOST_CONNECTIONS = 1_000  # of one worker; the next ones are answered 503
IDLE_SECONDS = 15  # between two requests of one connection
LAST_SECONDS = 20  # for answers under way when the server stops


def run(settings: Server, config_file: Path | None, form: Form) -> None:
    """Serve until interrupted; a worker that ends is replaced by a new one."""
    if config_file:
        os.environ[CONFIG_FILE] = str(config_file.resolve())
    os.environ[LOG_FORM] = form
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads keep memory and do nothing
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # one allocator keeps less free
    _start_workers_from_one_that_has_imported()
    # uvicorn raises it again when it has ended; by default nothing after that would be run.
    signal.signal(signal.SIGTERM, _end)
    gc.disable()  # `dashboard.asgi` lets it go on when all is imported
    with tempfile.TemporaryDirectory(prefix="cruscotto-") as counters:
        os.environ[SHARED_FOLDER] = counters
        uvicorn.run(
            APPLICATION,
            host=settings.host,
            port=settings.port,
            workers=settings.workers,
            http=PatientProtocol,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=LAST_SECONDS,
        )


def _end(_signal: int, _frame: FrameType | None) -> None:
    """Leave through `with` and `finally`, which remove the counters' folder."""
    raise SystemExit


def _start_workers_from_one_that_has_imported() -> None:
    """Fork workers from a process that has imported the libraries and opened nothing.

    They share its memory, and one that replaces another starts at once. uvicorn itself makes each
    import everything.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    _subprocess.spawn = context  # type: ignore[assignment]  # uvicorn has no setting for it
