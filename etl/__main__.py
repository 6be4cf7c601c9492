"""`etl …`: refresh the figures, review what changes, publish, roll back."""

from __future__ import annotations

import gc
import sys

import typer

from etl.cli.console import Report
from etl.cli.lazy_group import Menu
from etl.exit_codes import Exit
from warehouse.config import spoken_language
from warehouse.errors import CruscottoError
from warehouse.messages import system_error

COMMANDS = {  # module of etl.cli: what it offers, a function or a group of them
    "refresh": ("refresh",),
    "bundle": ("bundle",),
    "releases": ("review", "publish", "rollback", "releases", "gc", "pin", "unpin", "status"),
    "analysis": ("sql", "shell", "export"),
    "docs": ("docs",),
    "workbooks": ("template", "load"),
    "add": ("add",),
}


SELDOM = (100_000, 20, 100)  # a run ends soon and has few cycles: looking for them took a sixth


class _Commands(Menu):
    commands_by_module = COMMANDS


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Refresh the figures of the dashboard, review what changes, publish, roll back.",
)


@app.callback()
def _about() -> None:
    """Have typer take this for a group, though its commands come later."""


def main() -> None:
    """Run the command line; a known fault is a table and an exit code of `etl.exits`."""
    gc.set_threshold(*SELDOM)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # a narrow terminal
    try:
        app()
    except CruscottoError as error:
        language = spoken_language()
        Report(language).faults(error.in_(language))
        sys.exit(Exit.FAULTS)
    except OSError as error:  # no right to write, no room left
        language = spoken_language()
        Report(language).faults([system_error(error).in_(language)])
        sys.exit(Exit.FAULTS)


if __name__ == "__main__":
    main()
