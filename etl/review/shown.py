"""A review, from the folder of a draft to what somebody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.catalog import read_catalog
from etl.review.diff import read_findings
from etl.review.formatting import Written
from etl.review.html import page
from etl.review.sections import sections
from etl.review.terminal import show
from warehouse.build.build import read_draft

if TYPE_CHECKING:
    from pathlib import Path

    from etl.cli.console import Report
    from warehouse.config import Config


def review(config: Config, release: str, report: Report, html: Path | None = None) -> None:
    """Show on the terminal what a draft would change, or write it as one HTML file."""
    catalog = read_catalog(config.catalog)
    written = Written(catalog, config.language)
    found = read_findings(config, read_draft(config, release), catalog)
    listed = sections(found, written)
    if html:
        html.write_text(page(found, listed, written, report), encoding="utf-8")
        report.say("review_written", file=html)
    else:
        show(found, listed, written, report)
