"""The data behind the pages: datasets, audits and rejected rows; the method."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markupsafe import Markup

from dashboard.pages.common.not_loaded import load_command
from dashboard.pages.common.records import Row, record
from dashboard.registry import panel
from warehouse.errors import explain
from warehouse.front_matter import description

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dashboard.components.html import Html
    from dashboard.context import Context

FOLDER = Path(__file__).parent
MAX_ROWS = 20  # rejected rows shown of one dataset and rule
SAMPLE_LENGTH = 600


@dataclass(frozen=True, slots=True)
class File:
    """A file that the figures came from."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """A dataset: where it is from, how often, and what the release took from it."""

    dataset: str
    title: str
    address: str
    provider: str
    licence: str
    cadence: str
    owner: str
    demonstration: bool
    last: str
    figures: str
    rejected: str
    fetched: str
    age: str
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class MissingDataset:
    """A dataset without files, and the command that loads it."""

    dataset: str
    title: str
    address: str
    provider: str
    licence: str
    cadence: str
    owner: str
    demonstration: bool
    command: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An audit with findings, and a sample of them."""

    audit: str
    severity: str
    failures: int
    description: str
    sample: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A rejected row of a file."""

    file: str
    sheet: str | None
    line: int | None
    column: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class RejectionGroup:
    """The rows of one dataset that one rule rejected; the first are shown."""

    title: str
    reason: str
    suggestion: str
    count: int
    rows: tuple[RejectedRow, ...]

    @property
    def hidden(self) -> int:
        """How many rows are not shown."""
        return self.count - len(self.rows)


@panel("release")
def release(context: Context) -> Html:
    """Say that the release was checked, and what is wrong if another one should answer."""
    tables = len(context.data.store.manifest.tables)
    problems = context.data.problems(context.language)
    return context.panel("data/release.html", "release card", tables=tables, problems=problems)


@panel("datasets")
def datasets(context: Context) -> Html:
    """List the datasets with data, then those that are not loaded."""
    files: dict[str, list[File]] = {}
    for row in context.data.rows("snapshots"):
        files.setdefault(row["dataset"], []).append(record(File, row))
    rows = context.data.rows("datasets")
    return context.panel(
        "data/datasets.html",
        "datasets card",
        rows=[_dataset(context, row, files[row["dataset"]]) for row in rows if row["files"]],
        missing=[
            record(
                MissingDataset,
                row,
                title=row[f"title_{context.language}"],
                demonstration=False,  # nothing of it is in the release
                command=load_command(context, [row["dataset"]]),
            )
            for row in rows
            if not row["files"]
        ],
    )


def _dataset(context: Context, row: Row, files: Sequence[File]) -> DatasetRow:
    number = context.format.number
    return record(
        DatasetRow,
        row,
        title=row[f"title_{context.language}"],
        last=context.format.period(row["last_period"]),
        figures=number(row["figures"], 0) if row["figures"] else "",
        rejected=number(row["refused"], 0) if row["refused"] else "",
        fetched=context.format.day(row["fetched"].date()) if row["fetched"] else "",
        age=_age(context, row["fetched"]),
        files=tuple(files),
    )


def _age(context: Context, fetched: datetime | None) -> str:
    """Say how many days before the release the newest file was fetched."""
    if fetched is None:
        return ""
    days = (context.data.store.manifest.created.date() - fetched.date()).days
    if days <= 0:
        return ""
    if days == 1:
        return context.text("data.day_before")
    return context.text("data.days_before", n=days)


@panel("audits")
def audits(context: Context) -> Html:
    """List the audits with findings, then name those without."""
    rows = context.data.rows("audits")
    findings = [
        record(
            AuditRow,
            row,
            description=description(row["sql"], context.language),
            sample=(row["sample"] or "")[:SAMPLE_LENGTH],
        )
        for row in rows
        if row["failures"]
    ]
    clean = [row["audit"] for row in rows if not row["failures"]]
    return context.panel("data/audits.html", "audits card", findings=findings, clean=clean)


@panel("refused")
def rejected(context: Context) -> Html:
    """List the rejected rows by dataset and rule, folded."""
    rows = refused_rows(context)
    groups = [
        _rejections(context, dataset, list(group))
        for (dataset, _), group in groupby(rows, _dataset_and_rule)
    ]
    return context.panel(
        "data/rejected.html",
        "refused card",
        has_picture=bool(rows),
        groups=groups,
        total=len(rows),
    )


def refused_rows(context: Context) -> list[Row]:
    """Return the rejected rows by dataset and rule."""
    return sorted(context.data.rows("quarantine"), key=_dataset_and_rule)


def _dataset_and_rule(row: Row) -> tuple[str, str]:
    return row["dataset"], row["rule"]


def _rejections(context: Context, name: str, rows: Sequence[Row]) -> RejectionGroup:
    dataset = context.catalog.datasets.get(name)
    reason, suggestion = explain(rows[0], context.language)
    return RejectionGroup(
        title=context.translate(dataset.title) if dataset else name,
        reason=reason,
        suggestion=suggestion,
        count=len(rows),
        rows=tuple(record(RejectedRow, row) for row in rows[:MAX_ROWS]),
    )


@panel("method")
def method(context: Context) -> Html:
    """Show method.md or its English twin, and the examples of this city's catalogue."""
    name = "method.en.md" if context.language == "en" else "method.md"
    _, _, text = (FOLDER / name).read_text(encoding="utf-8").partition("\n")  # the page has a title
    examples = context.config.catalog / name
    if examples.exists():
        text += "\n" + examples.read_text(encoding="utf-8")
    body = Markup(MarkdownIt("commonmark").enable("table").render(text))  # noqa: S704  # our own file
    return context.panel("data/method.html", "method card", body=body)
