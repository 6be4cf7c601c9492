"""Command line `etl`: refresh the figures, review what changes, publish, roll back."""

from __future__ import annotations

import gc
import sys
from typing import ClassVar

import typer

from etl.cli.console import ConsoleReporter
from etl.cli.lazy_group import LazyGroup
from etl.exit_codes import Exit
from warehouse.config import configured_language
from warehouse.errors import CruscottoError
from warehouse.messages import system_error

COMMANDS = {  # module of etl.cli → its commands, each a function or a group
    "refresh": ("refresh",),
    "bundle": ("bundle",),
    "releases": ("review", "publish", "rollback", "releases", "gc", "pin", "unpin", "status"),
    "analysis": ("sql", "export"),
    "docs": ("docs",),
    "workbooks": ("template", "load"),
    "add": ("add",),
}
GC_THRESHOLDS = (100_000, 20, 100)  # by default a sixth of a run is spent looking for cycles


class _Commands(LazyGroup):
    modules: ClassVar = {name: module for module, names in COMMANDS.items() for name in names}


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Refresh the figures of the dashboard, review what changes, publish, roll back.",
)


@app.callback()
def _about() -> None:
    """Make this a group for typer, though its commands are imported later."""


def main() -> None:
    """Run the command line; a known error is a table and an exit code of `etl.exit_codes`."""
    gc.set_threshold(*GC_THRESHOLDS)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # a narrow terminal
    try:
        app()
    except CruscottoError as error:
        language = configured_language()
        ConsoleReporter(language).errors(error.in_(language))
        sys.exit(Exit.FAULTS)
    except OSError as error:  # no permission to write, no space left
        language = configured_language()
        ConsoleReporter(language).errors([system_error(error).in_(language)])
        sys.exit(Exit.FAULTS)


if __name__ == "__main__":
    main()
