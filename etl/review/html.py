"""A review as one HTML file that needs neither network nor script, and can be printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from etl.review.audits import failures
from etl.review.sections import Key, headline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.reporter import Reporter
    from etl.review.diff import Findings
    from etl.review.formatting import ReviewFormatter
    from etl.review.sections import Section

FOLDER = Path(__file__).parent


def page(
    findings: Findings, sections: Sequence[Section], formatter: ReviewFormatter, report: Reporter
) -> str:
    """Return the page; `sections` are those of `findings`."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["key"] = lambda cell: isinstance(cell, Key)
    return environment.get_template("page.html").render(
        findings=findings,
        headline=headline(findings, formatter, report),
        audits=failures(findings.manifest, formatter.language),
        sections=[section for section in sections if section.rows],
        empty=[section for section in sections if not section.rows],
        number=formatter.number,
        word=report.word,
        language=formatter.language,
    )
