"""Command line `dashboard`: `serve` shows the published release."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import Annotated

import typer
import uvicorn
from rich.console import Console

from dashboard.app import create_app
from warehouse.config import configured_language, read_config
from warehouse.declarations.loader import read_catalog
from warehouse.errors import CruscottoError
from warehouse.query.releases import Releases

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.callback()
def _root() -> None:
    """Cruscotto metropolitano: the pages."""


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    config_file: Annotated[
        Path | None, typer.Option("--config", help="Another config.yaml.")
    ] = None,
) -> None:
    """Serve the published release until interrupted."""
    config = read_config(config_file)
    releases = Releases(config)
    releases.open()  # without a published release, fail here and not at the first page
    app = create_app(config, read_catalog(config.catalog), releases)
    host, port = host or config.server.host, port or config.server.port
    Console().print(f"Cruscotto metropolitano: [bold]http://{host}:{port}[/]  (Ctrl+C)")
    uvicorn.run(app.server, host=host, port=port, log_level="warning")


def main() -> None:
    """Run the command line; an expected error is its message, without a traceback."""
    try:
        cli()
    except CruscottoError as error:
        console = Console(stderr=True)
        for message in error.in_(configured_language()):
            console.print(f"[red]✗[/] {message}", highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
