"""The data behind the pages: datasets, what each indicator covers, what was refused; the method."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from dashboard import numbers

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.page import Page

DOCS = Path(__file__).resolve().parents[2] / "docs"
REFUSED_SHOWN = 200


def datasets(page: Page) -> Html:
    """List the datasets with provider, licence, cadence, owner and files."""
    files: dict[str, list[dict[str, Any]]] = {}
    for row in page.facts.rows("snapshots"):
        files.setdefault(row["dataset"], []).append(row)
    return page.html(
        "datasets.html", "datasets card", rows=page.facts.rows("datasets"), files=files
    )


def coverage(page: Page) -> Html:
    """List what each indicator covers: periods, years, municipalities."""
    known = {row["indicator"]: row for row in page.facts.rows("quality")}
    rows = []
    for node in page.catalog.areas:
        for indicator in page.catalog.in_area(node.id):
            found = known.get(indicator.id)
            row = {"node": node, "indicator": indicator, "loaded": bool(found and found["periods"])}
            if found and found["periods"]:
                row |= {
                    "first": numbers.period(found["first_period"], page.lang),
                    "last": numbers.period(found["last_period"], page.lang),
                    "periods": found["periods"],
                    "municipalities": found["municipalities"],
                }
            rows.append(row)
    total = sum(len(p) for p in page.facts.municipalities.values())
    return page.html("coverage.html", "coverage card", rows=rows, total=total)


def refused(page: Page) -> Html:
    """List audits and the rows that were refused, each with rule and suggestion."""
    rows = page.facts.rows("quarantine")
    return page.html(
        "refused.html",
        "refused card",
        audits=page.facts.rows("audits"),
        rows=rows[:REFUSED_SHOWN],
        more=max(0, len(rows) - REFUSED_SHOWN),
    )


def method(page: Page) -> Html:
    """Show docs/method.md (or its English twin), the one text about how numbers are made."""
    name = "method.en.md" if page.lang == "en" else "method.md"
    _, _, text = (DOCS / name).read_text(encoding="utf-8").partition("\n")  # the page has a title
    body = Markup(MarkdownIt("commonmark").enable("table").render(text))  # noqa: S704  # our own file
    return page.html("method.html", "method card", body=body)


PANELS = {"datasets": datasets, "coverage": coverage, "refused": refused, "method": method}
