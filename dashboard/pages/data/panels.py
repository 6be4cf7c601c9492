"""The data behind the pages: datasets, audits and what was refused; the method."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from dashboard.pages.common.not_loaded import command
from dashboard.registry import panel
from warehouse.front_matter import description

if TYPE_CHECKING:
    from datetime import datetime

    from dashboard.components.html import Html
    from dashboard.context import Context

DOCS = Path(__file__).resolve().parents[3] / "docs"
REFUSED_SHOWN = 20  # rows of one dataset and rule


@panel("datasets")
def datasets(context: Context) -> Html:
    """List the datasets: whose, how often, what was taken from them; then what is not loaded."""
    files: dict[str, list[dict[str, Any]]] = {}
    for row in context.data.rows("snapshots"):
        files.setdefault(row["dataset"], []).append(row)
    rows = context.data.rows("datasets")
    return context.panel(
        "data/datasets.html",
        "datasets card",
        rows=[_loaded(context, r) for r in rows if r["files"]],
        waiting=[r | {"run": command(context, [r["dataset"]])} for r in rows if not r["files"]],
        files=files,
    )


def _loaded(context: Context, row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "last": context.format.period(row["last_period"]),
        "on": context.format.day(row["fetched"].date()) if row["fetched"] else "",
        "age": _age(context, row["fetched"]),
        "taken": context.format.number(row["figures"], 0),
        "left": context.format.number(row["refused"], 0),
    }


def _age(context: Context, fetched: datetime | None) -> str:
    """Say how many days before the release the newest file was fetched."""
    if fetched is None:
        return ""
    days = (context.data.store.manifest.created.date() - fetched.date()).days
    if days <= 0:
        return ""
    return (
        context.text("data.day_before") if days == 1 else context.text("data.days_before", n=days)
    )


@panel("audits")
def audits(context: Context) -> Html:
    """List the audits: those with findings, then those that found nothing."""
    rows = context.data.rows("audits")
    found = [
        r | {"said": description(r["sql"], context.language), "sample": (r["sample"] or "")[:600]}
        for r in rows
        if r["failures"]
    ]
    clean = [r["audit"] for r in rows if not r["failures"]]
    return context.panel("data/audits.html", "audits card", found=found, clean=clean)


@panel("refused")
def refused(context: Context) -> Html:
    """List the rows that were refused by dataset and rule, the first of each open to reading."""
    rows = sorted(context.data.rows("quarantine"), key=lambda r: (r["dataset"], r["rule"]))
    groups = [
        _group(context, dataset, list(found))
        for (dataset, _), found in groupby(rows, lambda r: (r["dataset"], r["rule"]))
    ]
    return context.panel("data/refused.html", "refused card", groups=groups, total=len(rows))


def _group(context: Context, dataset: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    declared = context.catalog.datasets.get(dataset)
    return {
        "title": context.translate(declared.title) if declared else dataset,
        "reason": rows[0][f"message_{context.language}"],
        "suggestion": rows[0][f"suggestion_{context.language}"],
        "files": len({r["file"] for r in rows}),
        "count": len(rows),
        "rows": rows[:REFUSED_SHOWN],
        "more": max(0, len(rows) - REFUSED_SHOWN),
    }


@panel("method")
def method(context: Context) -> Html:
    """Show docs/method.md (or its English twin), the one text about how numbers are made."""
    name = "method.en.md" if context.language == "en" else "method.md"
    _, _, text = (DOCS / name).read_text(encoding="utf-8").partition("\n")  # the page has a title
    body = Markup(MarkdownIt("commonmark").enable("table").render(text))  # noqa: S704  # our own file
    return context.panel("data/method.html", "method card", body=body)
