"""The payments of a funded work, and what each extraction of its sources said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.work.records import (
    Extraction,
    Payment,
    extractions,
    payment_totals,
    total_funding,
    write_amount,
)
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

CENT = 0.01


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A total paid up to a period, and its share of the funding in percent."""

    period: str
    amount: str
    share: float


@dataclass(frozen=True, slots=True)
class ExtractionRow:
    """A row of the table of extractions, as text."""

    day: str
    source: str
    funding: str
    paid: str
    phase: str


@panel("payments")
def payments(context: Context) -> Html:
    """Draw what was paid at each extraction, and list what each extraction said."""
    totals, funding = payment_totals(context), total_funding(context)
    sayings = extractions(context)
    amounts = {round(e.funding / CENT) for e in sayings if e.funding is not None}
    largest = max([funding, *(total.amount or 0 for total in totals)]) or 1
    return context.panel(
        "work/payments.html",
        "payments card",
        has_picture=bool(totals),
        rows=[_payment_row(context, total, funding) for total in totals],
        funding=write_amount(context, funding),
        funding_width=100 * funding / largest,
        extractions=[_extraction_row(context, extraction) for extraction in sayings],
        differs=len(amounts) > 1,
    )


def _payment_row(context: Context, total: Payment, funding: float) -> PaymentRow:
    share = min((total.amount or 0) / funding, 1) if funding else 0
    period = context.format.period(total.period)
    return PaymentRow(period, write_amount(context, total.amount), 100 * share)


def _extraction_row(context: Context, extraction: Extraction) -> ExtractionRow:
    return ExtractionRow(
        day=context.format.day(extraction.extracted),
        source=extraction.source,
        funding=context.format.number(extraction.funding, 0),
        paid=context.format.number(extraction.paid, 0),
        phase=context.text(f"works.phase_{extraction.phase}") if extraction.phase else "–",
    )
