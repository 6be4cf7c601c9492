"""`etl template` and `etl load`: the Excel workbooks of the office."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.catalog import read_catalog
from etl.cli.console import ConsoleReporter
from etl.exit_codes import Exit
from etl.pipeline.lock import LockedError, data_lock
from etl.quarantine import reject
from etl.workbook.choices import lists
from etl.workbook.load import load_indicators, load_projects
from etl.workbook.prefill import rows
from etl.workbook.schema import NAMES, workbook
from etl.workbook.writer import template as make
from warehouse.config import read_config
from warehouse.errors import SourceError
from warehouse.release.publish import published
from warehouse.schema.project_tables import PROJECT_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from warehouse.config import Config
    from warehouse.errors import Rejection

CELL_COLUMN = re.compile(r"([A-Z]{1,3}) (\(.*\))")  # as `Sheet.label` names a column
NewFile = Annotated[Path, typer.Argument(help="projects.xlsx or indicators.xlsx, in any folder.")]
WithProjects = Annotated[bool, typer.Option("--filled", help="Include the published projects.")]
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


def load(file: FilledFile) -> None:
    """Check a filled workbook and store it for every later refresh."""
    config = read_config()
    report = ConsoleReporter(config.language)
    name = _name(file)
    try:
        with data_lock(config.data):
            loaded = (load_indicators if name == "indicators" else load_projects)(config, file)
    except LockedError as error:
        report.say("refresh_locked", pid=error.holder.pid, since=error.holder.since)
        raise typer.Exit(Exit.LOCKED) from None
    except SourceError as error:
        _print(error.rejections, report)
        report.say("load_nothing", file=file)
        raise typer.Exit(Exit.FAULTS) from None
    _print(loaded.rejected, report)
    for word, paths in (
        ("load_declaration", loaded.changed),
        ("load_removed_declaration", loaded.removed),
    ):
        for path in paths:
            report.say(word, file=path)
    counts = ", ".join(
        f"{sheet.title.in_(config.language)} {loaded.row_counts[n]}"
        for n, sheet in workbook(name).sheets.items()
    )
    report.say("load_done", file=loaded.path, counts=counts, refused=len(loaded.rejected))


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
    """Return the name of the workbook, with which the file's name begins."""
    name = next((n for n in NAMES if file.stem.startswith(n)), None)
    if name is None or file.suffix != ".xlsx":
        names = " | ".join(f"{n}….xlsx" for n in NAMES)
        rejection = reject("workbook_which", file.name, expected=names)
        raise typer.BadParameter(rejection.in_(read_config().language))
    return name


def _published(config: Config) -> dict[str, pd.DataFrame]:
    from etl.pipeline.refresh import published_tables  # noqa: PLC0415  # slow to import, rarely needed

    tables = published_tables(config) or {}
    return {name: tables[name].to_pandas() for name in PROJECT_TABLES}
