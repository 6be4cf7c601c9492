"""Command line `dashboard`: `serve` shows the published release, `digest` what changed in it."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import Annotated, Literal

import typer
from rich.console import Console

from dashboard.digest import digest as digest_of
from dashboard.export.news import PAGE
from dashboard.selection import Selection
from dashboard.server.access import check_access
from dashboard.server.listening import check_port
from dashboard.server.log import Form  # noqa: TC001  # typer reads the annotations
from dashboard.server.run import run
from warehouse.config import configured_language, read_config
from warehouse.errors import CruscottoError, ReleaseError
from warehouse.messages import message
from warehouse.release.publish import has_releases

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.callback()
def _root() -> None:
    """Cruscotto metropolitano: the pages."""


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Number of serving processes.")
    ] = None,
    log: Annotated[Form, typer.Option(help="Form of the log on standard error.")] = "plain",
    config_file: Annotated[
        Path | None, typer.Option("--config", help="Another config.yaml.")
    ] = None,
) -> None:
    """Serve the published release until interrupted."""
    config = read_config(config_file)
    options = {"host": host, "port": port, "workers": workers}
    changes = {name: value for name, value in options.items() if value}
    settings = config.server.model_copy(update=changes)
    check_access(settings)
    if not has_releases(config):  # fail here and not in every worker
        raise ReleaseError(message("nothing_published"))
    check_port(settings.host, settings.port)
    address = f"http://{settings.host}:{settings.port}{settings.prefix}"
    Console().print(f"Cruscotto metropolitano: [bold]{address}[/]  (Ctrl+C)")
    run(settings, config_file, log)


@cli.command()
def digest(
    since: Annotated[
        str | None, typer.Option(help="Earlier release, or the day on which it held.")
    ] = None,
    form: Annotated[
        Literal["html", "text", "json"], typer.Option("--format", help="Form of the message.")
    ] = "html",
    area: Annotated[str | None, typer.Option(help="One policy area.")] = None,
    territory: Annotated[str | None, typer.Option(help="One territory.")] = None,
    project: Annotated[str | None, typer.Option(help="One project.")] = None,
    lang: Annotated[Literal["it", "en"] | None, typer.Option(help="Language.")] = None,
    address: Annotated[str | None, typer.Option(help="Address that links start with.")] = None,
    config_file: Annotated[
        Path | None, typer.Option("--config", help="Another config.yaml.")
    ] = None,
) -> None:
    """Write what changed since a release, for e-mail; nothing where nothing changed."""
    config = read_config(config_file)
    selection = Selection(
        path=PAGE,
        lang=lang or config.language,
        vs=since,
        area=area,
        territory=(territory,) if territory else (),
        project=project,
    )
    sys.stdout.write(digest_of(config, selection, form, address))


def main() -> None:
    """Run the command line; an expected error is its message, without a traceback."""
    try:
        cli()
    except CruscottoError as error:
        console = Console(stderr=True)
        for text in error.in_(configured_language()):
            console.print(f"[red]✗[/] {text}", highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
