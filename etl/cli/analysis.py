"""`etl sql`, `etl export`: a release in the analyst's own tools, read-only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli import formats
from etl.cli.console import ConsoleReporter
from etl.cli.formats import Format
from warehouse.config import read_config
from warehouse.release.publish import drafts

if TYPE_CHECKING:
    from warehouse.config import Config
    from warehouse.query.store import Store

ReleaseName = Annotated[
    str | None, typer.Option("--release", help="Default: the published release.")
]
Out = Annotated[Path | None, typer.Option("--out", help="A file, instead of the terminal.")]


def sql(
    statement: Annotated[str, typer.Argument(help='A question, such as "from indicator".')],
    *,
    release: ReleaseName = None,
    form: Annotated[Format, typer.Option("--format", help="Format of the answer.")] = Format.table,
    out: Out = None,
) -> None:
    """Ask the published release, read-only: no writing, no files, no network."""
    config = read_config()
    report = ConsoleReporter(config.language)
    if out and form is Format.table:
        suffix_form = formats.form_of(out)
        if suffix_form is None:
            raise typer.BadParameter(report.word("sql_suffix", file=out))
        form = suffix_form
    answer = open_store(config, release).sql(statement)
    if form is Format.table:
        report.answer(answer)
    elif out:
        out.write_bytes(formats.write(answer, form))
        report.say("review_written", file=out)
    else:
        typer.get_binary_stream("stdout").write(formats.write(answer, form))


def export(
    file: Annotated[Path, typer.Argument(help="territories.parquet, to be written.")],
    *,
    release: ReleaseName = None,
) -> None:
    """Write the territories with their outlines as GeoParquet, for QGIS and the like."""
    config = read_config()
    if file.suffix not in {".parquet", ".geoparquet"}:
        raise typer.BadParameter(ConsoleReporter(config.language).word("export_suffix", file=file))
    from etl.cli import geoparquet  # noqa: PLC0415  # imports what computes

    count = geoparquet.write(open_store(config, release), file)
    ConsoleReporter(config.language).say("export_written", count=count, file=file)


def open_store(config: Config, release: str | None) -> Store:
    """Open a release or draft, by default the published release."""
    from warehouse.build.build import read_draft  # noqa: PLC0415  # imports what computes
    from warehouse.query.releases import Releases  # noqa: PLC0415
    from warehouse.query.store import Store  # noqa: PLC0415

    if release in {draft.release for draft in drafts(config)}:
        return Store(read_draft(config, str(release)).path)
    return Releases(config).open(release)
