"""A review on the terminal: the same sections, the first rows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.review.finding import finding
from etl.review.sections import Key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from etl.cli.console import Report
    from etl.review.diff import Findings
    from etl.review.formatting import Written
    from etl.review.sections import Section


def show(found: Findings, listed: Iterable[Section], written: Written, report: Report) -> None:
    """Print the finding, the sections that have rows, the audits, and whether it can go out."""
    report.say("review_title", release=found.manifest.release)
    report.say("sentence", text=finding(found, written, report))
    for section in reversed(tuple(listed)):  # what matters most stands last, above the prompt
        rows = [
            [report.word(cell) if isinstance(cell, Key) else cell for cell in row]
            for row in section.rows
        ]
        report.table(section.name, section.columns, map(tuple, rows))
    report.audits(found.manifest)
    said = report.word(found.verdict), report.word(f"{found.verdict}_how")
    report.say("sentence", text=". ".join(said))
