"""Progress of the plan's projects: figures, state and delay in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common.records import Row, record
from warehouse import formatting

if TYPE_CHECKING:
    from datetime import date

    from dashboard.context import Context

PLAN_LEVELS = ("strategic", "operational")
DAYS_A_MONTH = 365.25 / 12
DAYS_IN_WORDS = 60  # longer than this, a duration is written in months
SIGNS = {  # the shape and colour of each state
    "on_track": "good",
    "done": "good",
    "attention": "att",
    "late": "att",
    "suspended": "steady",
    "revoked": "steady",
    "unknown": "none",
}


@dataclass(frozen=True, slots=True)
class ProjectProgress:
    """A project of the plan on the day of the page; texts in the page's language.

    `physical` and `planned` are whole percents, `physical_share` and `financial` shares of 1,
    amounts are in euro.
    """

    project: str
    level: str
    number: int | None
    parent: str | None
    title: str
    short: str
    weight: float | None
    area: str | None
    areas: tuple[str, ...]
    actors: tuple[str, ...]
    sources: tuple[str, ...]
    traits: tuple[str, ...]
    physical: int | None
    physical_share: float | None
    planned: int | None
    financial: float | None
    funding: float | None
    funding_total: float | None
    to_be_found: float | None
    paid: float | None
    paid_planned: float | None
    paid_at: str | None
    baseline_start: date | None
    baseline_end: date | None
    actual_start: date | None
    finish: date | None
    finish_low: date | None
    finish_high: date | None
    done: bool
    next: str | None
    next_date: date | None
    reported: date | None
    silent_days: int | None
    physical_sign: str
    state: str
    sign: str
    word: str
    why: str
    delay: str
    delay_days: int | None

    @property
    def late(self) -> bool:
        """True when the project ends later than first planned."""
        return (self.delay_days or 0) > 0


def progress(context: Context, level: str) -> list[ProjectProgress]:
    """Return the projects of a level in the plan's order.

    The declared rules make the state (`warehouse/sql/functions`), nobody sets it.
    """
    return list(context.once(_progress, level, context.today))


def _progress(context: Context, level: str, today: str) -> tuple[ProjectProgress, ...]:
    rows = context.data.rows("portfolio", level=level, today=today)
    return tuple(project_progress(context, row) for row in rows)


def project_progress(context: Context, row: Row) -> ProjectProgress:
    """Return a row of `progress_at` with its texts."""
    lang = context.language
    return record(
        ProjectProgress,
        row,
        title=row[f"title_{lang}"],
        short=row[f"short_{lang}"] or row[f"title_{lang}"],
        next=row[f"next_{lang}"],
        areas=_words(row["areas"]),
        actors=_words(row["actors"]),
        sources=_words(row["sources"]),
        traits=_words(row["traits"]),
        physical=_percent(row["physical"]),
        physical_share=row["physical"],
        planned=_percent(row["planned"]),
        done=bool(row["done"]),
        physical_sign=_physical_sign(context, row),
        sign=SIGNS[row["state"]],
        word=context.text(f"state.{row['state']}"),
        why=_why(context, row),
        delay=write_delay(context, row["delay_days"]),
    )


def _words(text: str | None) -> tuple[str, ...]:
    return tuple((text or "").split())


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def _physical_sign(context: Context, row: Row) -> str:
    """Return the sign of physical progress alone: `att` where it is behind by the rule's gap."""
    if row["physical"] is None or row["planned"] is None:
        return "none"
    gap = float(context.data.rows("progress_rules")[0]["attention_gap"])
    return "att" if row["physical"] < row["planned"] - gap else "good"


def _why(context: Context, row: Row) -> str:
    """Say which rule made the state of a project, and with which figure."""
    figure = row["reason_value"]
    if row["reason"] == "unfunded":
        return context.text("state.why_unfunded", n=context.format.millions(figure))
    if figure is None:
        return context.text(f"state.why_{row['reason']}")
    return context.text(
        f"state.why_{row['reason']}",
        n=context.format.number(figure, 0),
        duration=write_duration(context, figure),
    )


def write_duration(context: Context, days: float) -> str:
    """Write a duration in days, or in months where it is long: `45 giorni`, `19 mesi`."""
    if abs(days) > DAYS_IN_WORDS:
        key, count = "months", round(days / DAYS_A_MONTH)
    else:
        key, count = "days", round(days)
    return context.text(f"duration.{key}", n=count)


def write_delay(context: Context, days: float | None) -> str:
    """Write how much later than first planned something ends: `+19 mesi`, `−1 mese`, `–`."""
    if days is None:
        return formatting.MISSING
    months = round(days / DAYS_A_MONTH)
    if months == 0:
        return formatting.MISSING
    text = context.format.number(months, 0, signed=True)
    return context.text("project.months" if abs(months) > 1 else "project.month", n=text)


def write_likely_end(
    context: Context, low: date | None, high: date | None, planned: date | None
) -> str:
    """Say between which months something is likely to end; empty where that is unknown.

    Also whether the end that is now planned is before or after all of them.
    """
    if not low or not high:
        return ""
    range_text = _months(context, low, high)
    if planned and (planned.year, planned.month) < (low.year, low.month):
        return context.text("projects.planned_before", likely=range_text)
    if planned and (planned.year, planned.month) > (high.year, high.month):
        return context.text("projects.planned_after", likely=range_text)
    return range_text


def _months(context: Context, low: date, high: date) -> str:
    months = [context.format.month(day) for day in (low, high)]
    if months[0] == months[1]:
        return context.text("projects.likely_single", month=months[0])
    if low.year == high.year:
        months[0] = months[0].removesuffix(f" {low.year}")
    return context.text("projects.likely", low=months[0], high=months[1])


def projects_near(context: Context, territory: str) -> list[tuple[ProjectProgress, bool]]:
    """Return the plan's projects that concern a territory, and whether each is located there."""
    projects = {p.project: p for level in PLAN_LEVELS for p in progress(context, level)}
    rows = context.data.rows("projects_of_territory", territory=territory)
    return [(projects[r["project"]], r["local"]) for r in rows if r["project"] in projects]
