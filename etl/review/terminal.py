"""A review on the terminal: the same sections as the page, the first rows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.review.sections import Key, headline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.reporter import Reporter
    from etl.review.diff import Findings
    from etl.review.formatting import ReviewFormatter
    from etl.review.sections import Section


def show(
    findings: Findings, sections: Sequence[Section], formatter: ReviewFormatter, report: Reporter
) -> None:
    """Print the headline, the sections with rows, the audits, and whether it can be published."""
    report.say("review_title", release=findings.manifest.release)
    report.say("sentence", text=headline(findings, formatter, report))
    for section in reversed(sections):  # the most important is printed last, above the prompt
        rows = [
            [report.word(cell) if isinstance(cell, Key) else cell for cell in row]
            for row in section.rows
        ]
        report.table(section.name, section.columns, map(tuple, rows))
    report.audits(findings.manifest)
    verdict = report.word(findings.verdict), report.word(f"{findings.verdict}_how")
    report.say("sentence", text=". ".join(verdict))
