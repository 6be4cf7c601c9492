"""Command line `etl`: refresh the figures, review what changes, publish, roll back."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any, ClassVar

import typer

from etl.cli.lazy_group import LazyGroup
from etl.exit_codes import Exit
from warehouse.config import configured_language, read_config
from warehouse.errors import CruscottoError
from warehouse.messages import system_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from etl.cli.console import ConsoleReporter

COMMANDS = {  # module of etl.cli → its commands, each a function or a group
    "refresh": ("refresh",),
    "bundle": ("bundle",),
    "releases": ("review", "publish", "rollback", "releases", "gc", "pin", "unpin", "status"),
    "analysis": ("sql", "export"),
    "docs": ("docs",),
    "workbooks": ("template", "load", "unload"),
    "add": ("add",),
}
STOPPED_QUERY = "Query interrupted"  # what DuckDB raises where Ctrl+C stops a query
GC_THRESHOLDS = (100_000, 20, 100)  # by default a sixth of a run is spent looking for cycles


class _Commands(LazyGroup):
    modules: ClassVar = {name: module for module, names in COMMANDS.items() for name in names}

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  # typer's own
        """Run a command; where a person stops it, say what is published now."""
        before = None
        try:
            before = _published()
            return super().invoke(ctx)
        except (KeyboardInterrupt, RuntimeError) as error:
            if isinstance(error, RuntimeError) and str(error) != STOPPED_QUERY:
                raise
            now = _published()
            key = "interrupted" if now else "interrupted_empty"
            _reporter().say("interrupted_after" if now != before else key, release=now)
            raise typer.Exit(Exit.INTERRUPTED) from None


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
        _fail(error.in_(configured_language()))
    except OSError as error:  # no permission to write, no space left
        _fail([system_error(error).in_(configured_language())])


def _fail(errors: Iterable[str]) -> None:
    """Print errors and end."""
    _reporter().errors(errors)
    sys.exit(Exit.FAULTS)


def _published() -> str | None:
    """Return the published release; None also where the configuration is wrong."""
    from warehouse.release.publish import published  # noqa: PLC0415  # the group starts fast

    try:
        return published(read_config())
    except (CruscottoError, OSError):
        return None


def _reporter() -> ConsoleReporter:
    from etl.cli.console import ConsoleReporter  # noqa: PLC0415  # as above: it imports pandas

    return ConsoleReporter(configured_language())


if __name__ == "__main__":
    main()
