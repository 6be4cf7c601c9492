"""`etl sql`, `etl shell`, `etl export`: a release in the analyst's own tools, read-only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl import answers, territories
from etl.answers import Format
from etl.prompt import Prompt
from etl.report import Report
from warehouse.build import read_draft
from warehouse.config import read_config
from warehouse.errors import SourceError
from warehouse.release import drafts
from warehouse.store import Releases, Store

if TYPE_CHECKING:
    from warehouse.config import Config

Chosen = Annotated[str | None, typer.Option("--release", help="Not the published release.")]
Out = Annotated[Path | None, typer.Option("--out", help="A file, instead of the terminal.")]


def sql(
    statement: Annotated[str, typer.Argument(help='A question, such as "from indicator".')],
    *,
    release: Chosen = None,
    form: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.table,
    out: Out = None,
) -> None:
    """Ask the published release, read-only: no writing, no files, no network."""
    config = read_config()
    answer = opened(config, release).sql(statement)
    report = Report(config.language)
    if form is Format.table and out is None:
        report.answer(answer)
        return
    written = answers.write(answer, answers.form_of(out) if form is Format.table and out else form)
    if out:
        out.write_bytes(written)
        report.say("review_written", file=out)
    else:
        typer.get_binary_stream("stdout").write(written)


def shell(*, release: Chosen = None) -> None:
    """Ask one question after another, with history; `.help` says what else there is."""
    config = read_config()
    Prompt(opened(config, release), Report(config.language), config.data / "history").run()


def export(
    file: Annotated[Path, typer.Argument(help="territories.parquet, to be written.")],
    *,
    release: Chosen = None,
) -> None:
    """Write the territories with their outlines as GeoParquet, for QGIS and the like."""
    config = read_config()
    if file.suffix not in {".parquet", ".geoparquet"}:
        raise SourceError(Report(config.language).word("export_suffix", file=file))
    count = territories.write(opened(config, release), file)
    Report(config.language).say("exported", count=count, file=file)


def opened(config: Config, release: str | None) -> Store:
    """Open a release or draft, by default the published release."""
    if release in {draft.release for draft in drafts(config)}:
        return Store(read_draft(config, str(release)).path)
    return Releases(config).open(release)
