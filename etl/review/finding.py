"""Findings → the one sentence that heads a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.review.sections import KINDS

if TYPE_CHECKING:
    from etl.cli.console import Report
    from etl.review.diff import Findings
    from etl.review.formatting import Written


def finding(found: Findings, written: Written, report: Report) -> str:
    """Say how many values change, and in which ways."""
    if found.before is None:
        rows = written.number(found.manifest.tables["observation"].rows)
        return report.word("review_first", observations=rows)
    counts = found.changes["kind"].value_counts()
    parts = [
        report.word(f"review_counts_{kind}", rows=written.number(int(counts[kind])))
        for kind in KINDS
        if kind in counts
    ]
    return "; ".join(parts) or report.word("review_same")
