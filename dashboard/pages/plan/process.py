"""Making of the plan: its formal acts, its process and the contributions to it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from dashboard.pages.common.records import Row, record
from dashboard.pages.plan.cycle import cycle_rows
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

OUTCOMES = ("accepted", "partly", "noted", "rejected", "open")


@dataclass(frozen=True, slots=True)
class Act:
    """A formal act; `details` are its body and number as far as they are known."""

    day: str
    title: str
    details: str
    address: str | None
    unverified: bool


@dataclass(frozen=True, slots=True)
class Event:
    """A step of the process, with who took part and where."""

    phase: str
    dates: str
    title: str
    summary: str | None
    participants: tuple[str, ...]
    territory: str | None
    place: str | None
    contributions: int
    address: str | None
    demonstration: bool


@dataclass(frozen=True, slots=True)
class Contribution:
    """An observation or proposal on a part of the plan, and its outcome.

    `subject_path` is the page of the subject, None for one without a page.
    """

    day: str
    kind: str
    actor: str
    name: str
    subject: str
    subject_path: str | None
    text: str
    outcome: str
    answer: str | None
    demonstration: bool


@panel("acts")
def acts(context: Context) -> Html:
    """List the formal acts of the cycle; those not verified say so."""
    rows = [_act(context, row) for row in cycle_rows(context, "plan_acts")]
    return context.panel("plan/acts.html", "acts card", acts=rows)


def _act(context: Context, row: Row) -> Act:
    details = filter(None, [row[f"body_{context.language}"], row["number"]])
    return Act(
        day=_write_period(context, row["day"]),
        title=row[f"title_{context.language}"],
        details=" · ".join(details),
        address=row["address"],
        unverified=row["certainty"] == "to_verify",
    )


@panel("process")
def process(context: Context) -> Html:
    """Draw the steps by which the plan was made, with who took part."""
    events = [_event(context, row) for row in cycle_rows(context, "plan_events")]
    phases = [(phase, list(group)) for phase, group in groupby(events, key=lambda e: e.phase)]
    return context.panel("plan/process.html", "process card", phases=phases)


def _event(context: Context, row: Row) -> Event:
    dates = _write_period(context, row["start"])
    if row["end"]:
        dates = f"{dates} – {context.format.period(row['end'])}"
    return record(
        Event,
        row,
        dates=dates,
        title=row[f"title_{context.language}"],
        summary=row[f"summary_{context.language}"],
        participants=tuple((row[f"participants_{context.language}"] or "").splitlines()),
    )


def _write_period(context: Context, period: str | None) -> str:
    return context.format.period(period) if period else context.text("plan.undated")


@panel("contributions")
def contributions(context: Context) -> Html:
    """List observations and proposals: who, on which node, what, with what outcome."""
    rows = contributions_of(context)
    counts = [(outcome, sum(1 for r in rows if r.outcome == outcome)) for outcome in OUTCOMES]
    return context.panel(
        "plan/contributions.html",
        "contributions card",
        has_picture=bool(rows),
        contributions=rows,
        counts=[(outcome, n) for outcome, n in counts if n],
        demonstration=any(row.demonstration for row in rows),
    )


def contributions_of(context: Context) -> list[Contribution]:
    """Return who said what about the plan, and what became of it."""
    return [_contribution(context, row) for row in cycle_rows(context, "plan_contributions")]


def _contribution(context: Context, row: Row) -> Contribution:
    return record(
        Contribution,
        row,
        day=context.format.day(row["received"]),
        subject=row[f"node_{context.language}"],
        subject_path=_subject_path(context, row),
        text=row[f"text_{context.language}"],
        answer=row[f"answer_{context.language}"],
    )


def _subject_path(context: Context, row: Row) -> str | None:
    if row["node"] in {node.id for node in context.catalog.areas}:
        return f"/ambiti/{row['node']}"
    return f"/territori/{row['territory']}" if row["territory"] else None
