"""A review as one HTML file that needs nothing else: no network, no script, printable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from etl.review.audits import audited
from etl.review.finding import finding
from etl.review.sections import Key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from etl.cli.console import Report
    from etl.review.diff import Findings
    from etl.review.formatting import Written
    from etl.review.sections import Section

FOLDER = Path(__file__).parent


def page(found: Findings, listed: Iterable[Section], written: Written, report: Report) -> str:
    """Return the whole page; `listed` are the sections of `found`."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["key"] = lambda cell: isinstance(cell, Key)
    every = tuple(listed)
    return environment.get_template("page.html").render(
        found=found,
        finding=finding(found, written, report),
        audits=audited(found.manifest, written.language),
        sections=[s for s in every if s.rows],
        empty=[s for s in every if not s.rows],
        number=written.number,
        word=report.word,
        language=written.language,
    )
