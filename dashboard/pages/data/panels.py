"""The data behind the pages: datasets, audits and what was refused; the method."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from warehouse.front_matter import description
from dashboard import formatting
from dashboard.pages.data import coverage
from dashboard.pages.common.not_loaded import command

if TYPE_CHECKING:
    from datetime import datetime

    from dashboard.components.html import Html
    from dashboard.context import Page

DOCS = Path(__file__).resolve().parents[3] / "docs"
REFUSED_SHOWN = 20  # rows of one dataset and rule


def datasets(page: Page) -> Html:
    """List the datasets: whose, how often, what was taken from them; then what is not loaded."""
    files: dict[str, list[dict[str, Any]]] = {}
    for row in page.facts.rows("snapshots"):
        files.setdefault(row["dataset"], []).append(row)
    rows = page.facts.rows("datasets")
    return page.html(
        "data/datasets.html",
        "datasets card",
        rows=[_loaded(page, r) for r in rows if r["files"]],
        waiting=[r | {"run": command(page, [r["dataset"]])} for r in rows if not r["files"]],
        files=files,
    )


def _loaded(page: Page, row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "last": formatting.period(row["last_period"], page.lang),
        "on": formatting.day(row["fetched"].date(), page.lang) if row["fetched"] else "",
        "age": _age(page, row["fetched"]),
        "taken": formatting.number(row["figures"], 0, page.lang),
        "left": formatting.number(row["refused"], 0, page.lang),
    }


def _age(page: Page, fetched: datetime | None) -> str:
    """Say how many days before the release the newest file was fetched."""
    if fetched is None:
        return ""
    days = (page.facts.store.manifest.created.date() - fetched.date()).days
    if days <= 0:
        return ""
    return page.words("data.day_before") if days == 1 else page.words("data.days_before", n=days)


def audits(page: Page) -> Html:
    """List the audits: those with findings, then those that found nothing."""
    rows = page.facts.rows("audits")
    found = [
        r | {"said": description(r["sql"], page.lang), "sample": (r["sample"] or "")[:600]}
        for r in rows
        if r["failures"]
    ]
    clean = [r["audit"] for r in rows if not r["failures"]]
    return page.html("data/audits.html", "audits card", found=found, clean=clean)


def refused(page: Page) -> Html:
    """List the rows that were refused by dataset and rule, the first of each open to reading."""
    rows = sorted(page.facts.rows("quarantine"), key=lambda r: (r["dataset"], r["rule"]))
    groups = [
        _group(page, dataset, list(found))
        for (dataset, _), found in groupby(rows, lambda r: (r["dataset"], r["rule"]))
    ]
    return page.html("data/refused.html", "refused card", groups=groups, total=len(rows))


def _group(page: Page, dataset: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    declared = page.catalog.datasets.get(dataset)
    return {
        "title": page.say(declared.title) if declared else dataset,
        "reason": rows[0][f"message_{page.lang}"],
        "suggestion": rows[0][f"suggestion_{page.lang}"],
        "files": len({r["file"] for r in rows}),
        "count": len(rows),
        "rows": rows[:REFUSED_SHOWN],
        "more": max(0, len(rows) - REFUSED_SHOWN),
    }


def method(page: Page) -> Html:
    """Show docs/method.md (or its English twin), the one text about how numbers are made."""
    name = "method.en.md" if page.lang == "en" else "method.md"
    _, _, text = (DOCS / name).read_text(encoding="utf-8").partition("\n")  # the page has a title
    body = Markup(MarkdownIt("commonmark").enable("table").render(text))  # noqa: S704  # our own file
    return page.html("data/method.html", "method card", body=body)


PANELS = {
    "datasets": datasets,
    **coverage.PANELS,
    "audits": audits,
    "refused": refused,
    "method": method,
}
