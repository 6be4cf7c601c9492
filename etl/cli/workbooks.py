"""`etl template`, `etl load` and `etl unload`: the Excel workbooks of the office."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.catalog import read_catalog
from etl.cli.console import ConsoleReporter
from etl.exit_codes import Exit
from etl.pipeline.lock import LockedError, data_lock
from etl.workbook.choices import lists
from etl.workbook.load import load_indicators, load_projects
from etl.workbook.load import unload as put_aside
from etl.workbook.names import UNLOADED, which
from etl.workbook.prefill import rows
from etl.workbook.schema import workbook
from etl.workbook.writer import template as make
from warehouse.config import read_config
from warehouse.errors import SourceError
from warehouse.release.publish import published
from warehouse.schema.project_tables import PROJECT_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from warehouse.config import Config
    from warehouse.errors import Rejection

CELL_COLUMN = re.compile(r"([A-Z]{1,3}) (\(.*\))")  # as `Sheet.label` names a column
NewFile = Annotated[Path, typer.Argument(help="projects.xlsx or indicators.xlsx, in any folder.")]
WithProjects = Annotated[bool, typer.Option("--filled", help="Include the published projects.")]
InsteadOf = Annotated[
    str | None, typer.Option("--instead-of", help="The loaded workbook that this one replaces.")
]
LoadedName = Annotated[str, typer.Argument(help="Name of a loaded workbook, as `etl status` says.")]
FilledFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A filled workbook.")]


def template(file: NewFile, *, with_projects: WithProjects = False) -> None:
    """Write an empty workbook for the plan's projects or for local indicators."""
    config = read_config()
    report = ConsoleReporter(config.language)
    name = _name(file)
    projects = None
    if with_projects and name == "projects" and published(config):
        projects = rows(_published(config))
    content = make(workbook(name), lists(read_catalog(config.catalog), config.language),
                   config.language, projects)  # fmt: skip
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    report.say("template_written", file=file)


def load(file: FilledFile, *, instead_of: InsteadOf = None) -> None:
    """Check a filled workbook and store it for every later refresh."""
    config = read_config()
    report = ConsoleReporter(config.language)
    name = _name(file)
    function = load_indicators if name == "indicators" else load_projects
    with _changing(config, report, "load_nothing", file=file):
        loaded = function(config, file, instead_of)
    _print(loaded.rejected, report)
    _say_declarations(loaded.changed, loaded.removed, report)
    counts = ", ".join(
        f"{sheet.title.in_(config.language)} {loaded.row_counts[n]}"
        for n, sheet in workbook(name).sheets.items()
    )
    if loaded.replaced:
        report.say("load_replaced", file=loaded.replaced)
    report.say("load_done", file=loaded.path, counts=counts, refused=len(loaded.rejected))


def unload(workbook: LoadedName) -> None:
    """Put a loaded workbook aside: later refreshes do not read it."""
    config = read_config()
    report = ConsoleReporter(config.language)
    with _changing(config, report, "unload_nothing"):
        unloaded = put_aside(config, workbook)
    _say_declarations(unloaded.changed, unloaded.removed, report)
    report.say("unload_done", file=unloaded.name, folder=config.office / UNLOADED)


@contextmanager
def _changing(
    config: Config, report: ConsoleReporter, nothing: str, **values: object
) -> Iterator[None]:
    """Hold the lock of the data; where the workbook is not accepted, say why and exit."""
    try:
        with data_lock(config.data):
            yield
    except LockedError as error:
        report.say("refresh_locked", pid=error.holder.pid, since=error.holder.since)
        raise typer.Exit(Exit.LOCKED) from None
    except SourceError as error:
        _print(error.rejections, report)
        report.say(nothing, **values)
        raise typer.Exit(Exit.FAULTS) from None


def _say_declarations(
    changed: Iterable[Path], removed: Iterable[Path], report: ConsoleReporter
) -> None:
    for word, paths in (("load_declaration", changed), ("load_removed_declaration", removed)):
        for path in paths:
            report.say(word, file=path)


def _print(rejections: Iterable[Rejection], report: ConsoleReporter) -> None:
    """Print each message at its first cell, and the number of further rows with it."""
    language = report.language
    groups: dict[tuple[str, str, str], list[Rejection]] = {}
    for rejection in rejections:
        key = (rejection.sheet, rejection.column, rejection.message[language])
        groups.setdefault(key, []).append(rejection)
    for (sheet, _, message), (first, *further) in groups.items():
        more = f" (+{len(further)})" if further else ""
        place = f"{_place(first, report)}{more}: " if sheet else ""
        report.say("load_rejection", where=place, why=message, what=first.suggestion[language])


def _place(rejection: Rejection, report: ConsoleReporter) -> str:
    """Write a cell as `Sheet!A9 (Title)`, else its row, or the title of a missing column."""
    if cell := CELL_COLUMN.fullmatch(rejection.column):
        return f"{rejection.sheet}!{cell[1]}{rejection.line or ''} {cell[2]}"
    if rejection.column:
        return f"{rejection.sheet} ({rejection.column})"
    if rejection.line:
        return report.word("load_row", sheet=rejection.sheet, line=rejection.line)
    return rejection.sheet


def _name(file: Path) -> str:
    """Return which workbook a file is, by its name."""
    try:
        return which(file)
    except SourceError as error:
        texts = " ".join(error.in_(read_config().language))
        raise typer.BadParameter(texts) from None


def _published(config: Config) -> dict[str, pd.DataFrame]:
    from etl.pipeline.refresh import published_tables  # noqa: PLC0415  # slow to import, rarely needed

    tables = published_tables(config) or {}
    return {name: tables[name].to_pandas() for name in PROJECT_TABLES}
