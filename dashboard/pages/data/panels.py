"""The data behind the pages: datasets, audits and what was refused; the method."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from dashboard.pages.common import breadcrumbs
from dashboard.pages.common.not_loaded import load_command
from dashboard.registry import Crumb, Heading, KeyFigure, heading, panel
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
        waiting=[
            r | {"run": load_command(context, [r["dataset"]])} for r in rows if not r["files"]
        ],
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


@heading("data")
def data_heading(context: Context) -> Heading:
    """Say how much the release holds."""
    crumb = context.text("nav.data")
    observations = context.data.store.manifest.tables.get("observation")
    rows = observations.rows if observations else 0
    return Heading(
        title=context.text(
            "heading.data",
            indicators=len(context.data.indicators),
            datasets=len(context.data.rows("datasets")),
            rows=context.format.number(rows, 0),
        ),
        tab=crumb,
        crumbs=(breadcrumbs.home(context), Crumb(crumb)),
        figures=_key_figures(context),
    )


def _key_figures(context: Context) -> tuple[KeyFigure, ...]:
    datasets, audit_rows = context.data.rows("datasets"), context.data.rows("audits")
    counts = {
        "indicators": (len(context.data.indicators), len(context.catalog.indicators)),
        "datasets": (sum(1 for d in datasets if d["files"]), len(datasets)),
        "audits": (sum(1 for a in audit_rows if a["failures"]), len(audit_rows)),
    }
    rejected = context.format.number(len(context.data.rows("quarantine")), 0)
    return (
        *(
            KeyFigure(
                context.text(f"data.figures_{key}"),
                str(count),
                context.text("data.of_all", n=total),
            )
            for key, (count, total) in counts.items()
        ),
        KeyFigure(context.text("data.figures_refused"), rejected),
    )


@heading("method")
def method_heading(context: Context) -> Heading:
    """Say what the method page explains."""
    crumb = context.text("nav.method")
    return Heading(
        title=context.text("heading.method"),
        tab=crumb,
        crumbs=(breadcrumbs.home(context), Crumb(crumb)),
    )
