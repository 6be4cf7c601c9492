"""How far the plan's projects have got: the arithmetic that every project panel shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warehouse import formatting

if TYPE_CHECKING:
    from datetime import date

    from dashboard.context import Context

FUNDED = "funded"
DAYS_A_MONTH = 365.25 / 12
SIGNS = {  # the shape and colour of each state
    "on_track": "good",
    "done": "good",
    "attention": "att",
    "late": "att",
    "suspended": "steady",
    "revoked": "steady",
    "unknown": "none",
}


def progress(context: Context, level: str) -> list[dict[str, Any]]:
    """Return the projects of a level with what is said of each: title, sign, word and why.

    The state is made by the declared rules (`warehouse/sql/functions`), never by hand.
    """
    return [
        said(context, r) for r in context.data.rows("portfolio", level=level, today=context.today)
    ]


def said(context: Context, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of `progress_at` with its words."""
    return row | {
        "title": row[f"title_{context.language}"],
        "short": row[f"short_{context.language}"] or row[f"title_{context.language}"],
        "next": row[f"next_{context.language}"],
        "physical": None if row["physical"] is None else round(100 * row["physical"]),
        "planned": None if row["planned"] is None else round(100 * row["planned"]),
        "sign": SIGNS[row["state"]],
        "word": context.text(f"state.{row['state']}"),
        "why": why(context, row),
        "delay": delay(context, row["delay_days"]),
        "late": (row["delay_days"] or 0) > 0,
    }


def why(context: Context, row: dict[str, Any]) -> str:
    """Say which rule made the state of a project, and with which figure."""
    figure = row["reason_value"]
    if row["reason"] == "unfunded":
        return context.text("state.why_unfunded", n=context.format.millions(figure))
    if figure is None:
        return context.text(f"state.why_{row['reason']}")
    return context.text(f"state.why_{row['reason']}", n=context.format.number(figure, 0))


def delay(context: Context, days: float | None) -> str:
    """Write how much later than first planned something ends: `+19 mesi`, `−1 mese`, `–`."""
    if days is None:
        return formatting.MISSING
    months = round(days / DAYS_A_MONTH)
    if months == 0:
        return formatting.MISSING
    text = context.format.number(months, 0, signed=True)
    return context.text("project.months" if abs(months) > 1 else "project.month", n=text)


def span(context: Context, first: date | None, last: date | None) -> str:
    """Say between which months something is likely to end; empty where that is not known."""
    if not first or not last:
        return ""
    months = [context.format.month(day) for day in (first, last)]
    if months[0] == months[1]:
        return context.text("projects.likely_single", month=months[0])
    if first.year == last.year:
        months[0] = months[0].removesuffix(f" {first.year}")
    return context.text("projects.likely", low=months[0], high=months[1])


def likely(context: Context, step: dict[str, Any]) -> str:
    """Say the same of a step, with the sample behind it."""
    said_span = span(context, step["end_low"], step["end_high"])
    if not said_span:
        return ""
    key = "projects.sample_of_all" if step["of_all_kinds"] else "projects.sample"
    return f"{said_span} {context.text(key, n=int(step['sample']))}"


def of_territory(context: Context, territory: str) -> list[dict[str, Any]]:
    """Return the plan's projects that concern a territory; `local` are those placed in it."""
    known = {
        r["project"]: r for level in ("strategic", "operational") for r in progress(context, level)
    }
    found = context.data.rows("projects_of_territory", territory=territory)
    return [known[r["project"]] | {"local": r["local"]} for r in found if r["project"] in known]


def project_of(context: Context) -> dict[str, Any]:
    """Return the project that the address names."""
    return projects_rows(context, "project")[0]


def projects_rows(context: Context, query: str, **parameters: object) -> list[dict[str, Any]]:
    """Return the rows of a query about the project that the address names."""
    return context.data.rows(query, project=context.route.values["project"], **parameters)
