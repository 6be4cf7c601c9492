"""`etl …`: refresh the figures, review what changes, publish, roll back."""

from __future__ import annotations

import sys

import typer

from etl.commands import add, analyst, documentation, refresh, releases
from etl.report import Report
from warehouse.config import read_config
from warehouse.errors import CruscottoError

COMMANDS = (
    refresh.refresh,
    refresh.bundle,
    releases.review,
    releases.publish,
    releases.rollback,
    releases.releases,
    releases.gc,
    releases.pin,
    releases.unpin,
    releases.status,
    analyst.sql,
    analyst.shell,
    analyst.export,
    documentation.docs,
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Refresh the figures of the dashboard, review what changes, publish, roll back.",
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(add.app, name="add")


def main() -> None:
    """Run the command line; a known fault is a table and exit code 1."""
    try:
        app()
    except CruscottoError as error:
        Report(_language()).faults(error.faults)
        sys.exit(1)


def _language() -> str:
    try:
        return read_config().language
    except CruscottoError:
        return "en"


if __name__ == "__main__":
    main()
