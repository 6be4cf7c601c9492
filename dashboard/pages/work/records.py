"""Records of the sources on one funded work: state, extractions, funding, payments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common.project import funding_lines, project_rows
from dashboard.pages.common.records import record
from warehouse import formatting

if TYPE_CHECKING:
    from datetime import date

    from dashboard.context import Context

MILLION = 1e6


@dataclass(frozen=True, slots=True)
class WorkState:
    """The state of the work and its phase, in the words of the source."""

    state: str
    phase: str | None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one extraction of one source declares for the work; amounts in euro."""

    extracted: date
    dataset: str
    source: str
    funding: float | None
    paid: float | None
    phase: str | None


@dataclass(frozen=True, slots=True)
class Payment:
    """Euro paid in total up to a period; None where it is not known yet."""

    period: str
    amount: float | None


def work_state(context: Context) -> WorkState:
    """Return the state of the work."""
    (row,) = project_rows(context, "work_state")
    return record(WorkState, row)


def extractions(context: Context) -> list[Extraction]:
    """Return what each extraction said, the newest first."""
    return [
        record(Extraction, row, source=row[f"title_{context.language}"] or row["dataset"])
        for row in project_rows(context, "work_extractions")
    ]


def payment_totals(context: Context) -> list[Payment]:
    """Return what was paid up to each period, the oldest first."""
    rows = project_rows(context, "project_payments", today=context.today)
    return [record(Payment, row) for row in rows]


def total_funding(context: Context) -> float:
    """Return the euro of all sources."""
    return sum(line.amount or 0 for line in funding_lines(context))


def write_amount(context: Context, euro: float | None) -> str:
    """Write millions with a decimal, less than one as whole euro: a small work is not 0.0 M€."""
    if euro is None:
        return formatting.MISSING
    if euro >= MILLION:
        return f"{context.format.millions(euro)} M€"
    return f"{context.format.number(euro, 0)} €"
