"""`etl template` and `etl load`: the office's own Excel workbooks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.catalog import read_catalog
from etl.cli.console import Report
from etl.exit_codes import Exit
from etl.pipeline.lock import LockedError, alone
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

LETTERED = re.compile(r"([A-Z]{1,3}) (\(.*\))")  # as `Sheet.label` names a column
NewFile = Annotated[Path, typer.Argument(help="projects.xlsx or indicators.xlsx, in any folder.")]
Filled = Annotated[bool, typer.Option("--filled", help="With the published projects in it.")]
GivenFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A filled workbook.")]


def template(file: NewFile, *, filled: Filled = False) -> None:
    """Write an empty workbook for the plan's projects or for local indicators."""
    config = read_config()
    report = Report(config.language)
    name = _name(file)
    given = None
    if filled and name == "projects" and published(config):
        given = rows(_published(config))
    content = make(workbook(name), lists(read_catalog(config.catalog), config.language),
                   config.language, given)  # fmt: skip
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    report.say("template_written", file=file)


def load(file: GivenFile) -> None:
    """Check a filled workbook, and keep it for every refresh that follows."""
    config = read_config()
    report = Report(config.language)
    name = _name(file)
    try:
        with alone(config.data):
            loaded = (load_indicators if name == "indicators" else load_projects)(config, file)
    except LockedError as error:
        report.say("locked", pid=error.holder.pid, since=error.holder.since)
        raise typer.Exit(Exit.LOCKED) from None
    except SourceError as error:
        _tell(error.refusals, report)
        report.say("load_nothing", file=file)
        raise typer.Exit(Exit.FAULTS) from None
    _tell(loaded.refused, report)
    for word, paths in (("load_declared", loaded.declared), ("load_gone", loaded.gone)):
        for path in paths:
            report.say(word, file=path)
    counts = ", ".join(
        f"{sheet.title.in_(config.language)} {loaded.rows[n]}"
        for n, sheet in workbook(name).sheets.items()
    )
    report.say("loaded", file=loaded.kept, counts=counts, refused=len(loaded.refused))


def _tell(refused: Iterable[Rejection], report: Report) -> None:
    """Say each fault at its first cell, and in how many rows more it is the same."""
    language = report.language
    alike: dict[tuple[str, str, str], list[Rejection]] = {}
    for fault in refused:
        alike.setdefault((fault.sheet, fault.column, fault.message[language]), []).append(fault)
    for (sheet, _, why), faults in alike.items():
        more = f" (+{len(faults) - 1})" if len(faults) > 1 else ""
        place = f"{_place(faults[0], report)}{more}: " if sheet else ""
        report.say("load_refused", where=place, why=why, what=faults[0].suggestion[language])


def _place(fault: Rejection, report: Report) -> str:
    """Write a cell as `Sheet!A9 (Title)`, else its row, or the title of a column not there."""
    if cell := LETTERED.fullmatch(fault.column):
        return f"{fault.sheet}!{cell[1]}{fault.line or ''} {cell[2]}"
    if fault.column:
        return f"{fault.sheet} ({fault.column})"
    if fault.line:
        return report.word("load_row", sheet=fault.sheet, line=fault.line)
    return fault.sheet


def _name(file: Path) -> str:
    """Return which workbook a file's name speaks of: it begins with it."""
    name = next((n for n in NAMES if file.stem.startswith(n)), None)
    if name is None or file.suffix != ".xlsx":
        names = " | ".join(f"{n}….xlsx" for n in NAMES)
        wrong, language = (
            reject("workbook_which", file.name, expected=names),
            read_config().language,
        )
        raise typer.BadParameter(f"{wrong.message[language]} {wrong.suggestion[language]}")
    return name


def _published(config: Config) -> dict[str, pd.DataFrame]:
    from etl.pipeline.refresh import published_tables  # noqa: PLC0415  # slow to import, seldom needed

    tables = published_tables(config) or {}
    return {name: tables[name].to_pandas() for name in PROJECT_TABLES}
