"""Command line `dashboard`: `init` starts a deployment, `serve` shows the published release.

`draw` draws its pages ahead, `digest` writes what changed in it, `export` its decks and pages as
files.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn, TypeVar

import typer

from dashboard.deployment import CONFIG, create
from dashboard.selection import Selection
from dashboard.server.access import check_access
from dashboard.server.listening import check_port
from dashboard.server.log import Form  # noqa: TC001  # typer reads the annotations
from dashboard.server.run import run
from warehouse.config import Language, configured_language, read_config
from warehouse.errors import CruscottoError, ReleaseError
from warehouse.messages import message, text
from warehouse.release.publish import has_releases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

Step = TypeVar("Step")

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.callback()
def _root() -> None:
    """Cruscotto metropolitano: the pages."""


@cli.command()
def init(
    folder: Annotated[
        Path, typer.Argument(help="Folder of the deployment; the current one if not given.")
    ] = Path(),
    *,
    catalog: Annotated[
        bool, typer.Option("--catalog", help="Also write a copy of the catalogue, to edit.")
    ] = False,
    lang: Annotated[Language, typer.Option(help="Language.")] = "it",
) -> None:
    """Start a deployment: write its config.yaml. Nothing is overwritten."""
    try:
        paths = create(folder, lang, with_catalog=catalog)
    except CruscottoError as error:
        _fail(error, lang)
    for path in paths:
        typer.echo(text("init", "written", lang, path=path))
    server = read_config(folder / CONFIG).server
    address = f"http://{server.host}:{server.port}"
    typer.echo(text("init", "next", lang, folder=folder.resolve(), address=address), nl=False)


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
    typer.echo(f"Cruscotto metropolitano: {typer.style(address, bold=True)}  (Ctrl+C)")
    run(settings, config_file, log)


@cli.command()
def draw(
    config_file: Annotated[
        Path | None, typer.Option("--config", help="Another config.yaml.")
    ] = None,
) -> None:
    """Draw every page of the published release, so that servers need not; after publishing."""
    from dashboard.drawing_ahead import draw_pages  # noqa: PLC0415  # imports what draws

    count, pages = draw_pages(read_config(config_file))
    for _ in _track(pages, count, "draw"):
        pass


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
    lang: Annotated[Language | None, typer.Option(help="Language.")] = None,
    address: Annotated[str | None, typer.Option(help="Address that links start with.")] = None,
    config_file: Annotated[
        Path | None, typer.Option("--config", help="Another config.yaml.")
    ] = None,
) -> None:
    """Write what changed since a release, for e-mail; nothing where nothing changed."""
    from dashboard.digest import digest as digest_of  # noqa: PLC0415  # imports what draws
    from dashboard.views import NEWS  # noqa: PLC0415  # imports what draws

    config = read_config(config_file)
    selection = Selection(
        path=NEWS,
        lang=lang or config.language,
        vs=since,
        area=area,
        territory=(territory,) if territory else (),
        project=project,
    )
    sys.stdout.write(digest_of(config, selection, form, address))


@cli.command()
def export(  # noqa: PLR0913  # each is an option of the command
    names: Annotated[
        list[str] | None, typer.Argument(help="Decks by name, pages by address.")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Every ready deck.")] = False,
    form: Annotated[
        str, typer.Option("--format", help="pptx, html, xlsx, pdf.")
    ] = "pptx,html,xlsx",
    as_pdf: Annotated[
        bool, typer.Option("--pdf", help="PDF too; takes a Chromium on this computer.")
    ] = False,
    out: Annotated[Path, typer.Option(help="Folder of the files.")] = Path(),
    template: Annotated[Path | None, typer.Option(help="PowerPoint file of the office.")] = None,
    lang: Annotated[Language | None, typer.Option(help="Language.")] = None,
    release: Annotated[str | None, typer.Option(help="A release; else the published one.")] = None,
    config_file: Annotated[
        Path | None, typer.Option("--config", help="Another config.yaml.")
    ] = None,
) -> None:
    """Write decks and pages as PowerPoint, HTML, XLSX and PDF files."""
    from dashboard.export import take_away  # noqa: PLC0415  # imports what draws

    config = read_config(config_file)
    formats = take_away.formats_of(f"{form},pdf" if as_pdf else form)
    rooms = take_away.contexts(config, names or [], lang or config.language, release, every=every)
    if not rooms:
        raise CruscottoError(message("nothing_to_export"))
    for room in _track(rooms, len(rooms), "export"):
        for path in take_away.write_files(room, formats, out, template):
            typer.echo(path)


def main() -> None:
    """Run the command line; an expected error is its message, without a traceback."""
    try:
        cli()
    except CruscottoError as error:
        _fail(error, configured_language())


def _track(steps: Iterable[Step], count: int, name: str) -> Iterator[Step]:
    """Yield the steps and show how many are done."""
    from rich.progress import Progress  # noqa: PLC0415  # a server that starts does not need it

    with Progress(console=_console()) as progress:
        yield from progress.track(steps, total=count, description=name)


def _console() -> Console:
    from rich.console import Console  # noqa: PLC0415  # the same

    return Console(stderr=True)


def _fail(error: CruscottoError, language: Language) -> NoReturn:
    console = _console()
    for line in error.in_(language):
        console.print(f"[red]✗[/] {line}", highlight=False)
    sys.exit(1)


if __name__ == "__main__":
    main()
