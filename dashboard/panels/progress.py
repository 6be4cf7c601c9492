"""How far the plan's projects have got: the arithmetic that every project panel shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import numbers

if TYPE_CHECKING:
    from datetime import date

    from dashboard.page import Page

DAYS_A_MONTH = 365.25 / 12


def progress(page: Page, level: str) -> list[dict[str, Any]]:
    """Return the projects of a level with what is said of each: title, state and its word.

    The state is arithmetic and no judgement: done, or ahead of or behind what was planned for
    the day that the progress was told.
    """
    rows = page.facts.rows("portfolio", level=level, today=page.today)
    return [_said(page, row) for row in rows]


def _said(page: Page, row: dict[str, Any]) -> dict[str, Any]:
    physical = None if row["physical"] is None else round(100 * row["physical"])
    planned = None if row["planned"] is None else round(100 * row["planned"])
    gap = (physical or 0) - (planned or 0)
    done = physical is not None and physical >= 100  # noqa: PLR2004  # percent
    key = "done" if done else "ahead" if gap > 0 else "behind" if gap < 0 else "even"
    return row | {
        "title": row[f"title_{page.lang}"],
        "short": row[f"short_{page.lang}"] or row[f"title_{page.lang}"],
        "next": row[f"next_{page.lang}"],
        "physical": physical,
        "planned": planned,
        "state": "good" if done or gap >= 0 else "att",
        "word": _word(page, key, abs(gap)) if physical is not None else "",
        "delay": delay(page, row["delay_days"]),
        "late": (row["delay_days"] or 0) > 0,
    }


def _word(page: Page, key: str, points: int) -> str:
    if points == 1 and key in ("ahead", "behind"):
        return page.words(f"projects.{key}_by_one")
    return page.words(f"delivery.{key}", n=points)


def delay(page: Page, days: float | None) -> str:
    """Write how much later than first planned something ends: `+19 mesi`, `−1 mese`, `–`."""
    if days is None:
        return numbers.MISSING
    months = round(days / DAYS_A_MONTH)
    if months == 0:
        return numbers.MISSING
    text = numbers.number(months, 0, page.lang, signed=True)
    return page.words("project.months" if abs(months) > 1 else "project.month", n=text)


def of_territory(page: Page, territory: str) -> list[dict[str, Any]]:
    """Return the plan's projects that concern a territory; `local` are those placed in it."""
    known = {
        r["project"]: r for level in ("strategic", "operational") for r in progress(page, level)
    }
    found = page.facts.rows("projects_of_territory", territory=territory)
    return [known[r["project"]] | {"local": r["local"]} for r in found if r["project"] in known]


def as_date(value: Any) -> date | None:  # noqa: ANN401  # a timestamp of pandas, or None
    """Return the day of a cell, or None."""
    return value.date() if value is not None else None


def project_of(page: Page) -> dict[str, Any]:
    """Return the project that the address names."""
    return projects_rows(page, "project")[0]


def projects_rows(page: Page, query: str) -> list[dict[str, Any]]:
    """Return the rows of a query about the project that the address names."""
    return page.facts.rows(query, project=page.place.names["project"])
