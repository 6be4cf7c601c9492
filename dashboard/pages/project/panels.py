"""The page of one project of the plan; a funded work has its own panels in the same places."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard import formatting, theme
from dashboard.components.html import Html
from dashboard.figures import spending as figure
from dashboard.figures.gantt import Bar, axis, row
from dashboard.pages.common.filters import TRAITS
from dashboard.pages.common.progress import (
    FUNDED,
    delay,
    likely,
    progress,
    project_of,
    projects_rows,
)
from dashboard.pages.project.linked_indicators import beside
from dashboard.pages.work import panels as funded

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.context import Page

MANY = 9  # milestones, from which their rows are drawn closer


def _is_funded(page: Page) -> bool:
    return bool(project_of(page)["level"] == FUNDED)


def gantt(page: Page) -> Component:
    """Draw each milestone's first plan, what was done, and when it is expected to end."""
    if _is_funded(page):
        return funded.where(page)
    steps, today = _steps(page), date.fromisoformat(page.today)
    bars = [_bar(page, s, today) for s in steps]
    days = [
        today,
        *(
            d
            for b in bars
            for d in (*(b.planned or ()), b.start, b.forecast, *(b.range or ()))
            if d
        ),
    ]
    on = axis(days)
    return page.html(
        "project/gantt.html",
        "gantt card",
        rows=[
            s | {"drawing": row(b, on, today, height=56 if len(steps) < MANY else 42)}
            for s, b in zip(steps, bars, strict=True)
        ],
        axis=on,
        today=formatting.day(today, page.lang),
        today_x=on.x(today),
    )


def _steps(page: Page) -> list[dict[str, Any]]:
    return [
        found
        | {
            "title": found[f"title_{page.lang}"],
            "delay": delay(page, found["delay_days"]),
            "late": (found["delay_days"] or 0) > 0,
            "done": found["actual_end"] is not None,
            "plan": formatting.month(found["baseline_end"], page.lang),
            "ended": formatting.month(found["actual_end"], page.lang),
            "expected": formatting.month(found["planned_end"], page.lang),
            "likely": likely(page, found),
        }
        for found in projects_rows(page, "project_milestones", today=page.today)
    ]


def _bar(page: Page, step: dict[str, Any], today: date) -> Bar:
    names = ("baseline_start", "baseline_end", "actual_start", "actual_end", "planned_end")
    start, end, begun, done, expected = (step[n] for n in names)
    moved = delay(page, step["delay_days"])
    return Bar(
        planned=(start, end) if start and end else None,
        start=begun,
        done=done or (today if begun else None),
        forecast=None if done else expected,
        range=_range(step),
        reached=done is not None,
        late=step["late"],
        note="" if moved == formatting.MISSING else moved,
    )


def _range(step: dict[str, Any]) -> tuple[date, date] | None:
    low, high = step["end_low"], step["end_high"]
    return (low, high) if low and high else None


def spending(page: Page) -> Component:
    """Draw what was paid and was planned to be, up to each period."""
    if _is_funded(page):
        return funded.payments(page)
    rows = projects_rows(page, "project_payments", today=page.today)
    demonstration = any(r["demonstration"] for r in rows)
    last = formatting.period(rows[-1]["period"] if rows else None, page.lang)
    head = page.markup("project/spending.html", rows=rows, demonstration=demonstration, last=last)
    body: list[Component] = []
    if rows:
        caption = page.words(
            "project.spending_caption",
            paid=page.millions(rows[-1]["amount"]),
            planned=page.millions(rows[-1]["planned"]),
            period=last,
        )
        body = [html.Figure([_graph(page, rows), html.Figcaption(caption, className="sr")])]
    return html.Section([Html(head), *body], className="panel panel-spending card")


def _graph(page: Page, rows: list[dict[str, Any]]) -> Component:
    points = [
        (_end(r["period"]), formatting.period(r["period"], page.lang), r["amount"], r["planned"])
        for r in rows
    ]
    drawn = figure.spending(
        points,
        layout=theme.chart(page.selection.theme),
        token=theme.THEMES[page.selection.theme],
        names=(page.words("project.paid"), page.words("project.planned")),
        write=page.millions,
    )
    drawn["layout"]["separators"] = ",." if page.lang == "it" else ".,"
    return dcc.Graph(
        figure=drawn,
        config={"displayModeBar": False, "responsive": True, "locale": page.lang},
        style={"height": f"{figure.HEIGHT}px"},
    )


def _end(period: str) -> date:
    """Return the last day of a period: amounts are paid in total up to it."""
    start = formatting.start(period)
    if len(period) == len("2026"):
        return date(start.year, 12, 31)
    if len(period) == len("2026-08"):
        following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    return start


def funding(page: Page) -> Html:
    """Draw the money by source, what is still to be found apart."""
    rows = projects_rows(page, "project_funding")
    found = [r for r in rows if r["amount"]]
    return page.html(
        "project/funding.html",
        "funding card",
        secured=[r for r in found if r["secured"]],
        missing=[r for r in found if not r["secured"]],
        unnamed=[r for r in rows if r["amount"] is None and r["paid"]],
        most=max((r["amount"] for r in found), default=1),
        demonstration=any(r["demonstration"] for r in found),
        mixed=len({r["demonstration"] for r in found}) > 1,
        told=any(r["paid"] is not None for r in rows),
    )


def milestones(page: Page) -> Html:
    """Give the milestones as a table; of a funded work its sheet."""
    if _is_funded(page):
        return funded.sheet(page)
    return page.html("project/milestones.html", "milestones card", rows=_steps(page))


def actors(page: Page) -> Html:
    """Say who takes part as what, and which traits the plan recognises."""
    project = project_of(page)
    rows = projects_rows(page, "project_actors")
    told = (project["traits"] or "").split()
    return page.html(
        "project/actors.html",
        "actors card",
        level=project["level"],
        rows=rows,
        demonstration=any(r["demonstration"] for r in rows),
        traits=[(t, t in told) for t in TRAITS] if told else [],
    )


def links(page: Page) -> Html:
    """Lead on: to the indicators beside the project, its areas, territories and public page."""
    if _is_funded(page):
        return funded.onward(page)
    return page.html(
        "project/links.html",
        "links card",
        project=project_of(page),
        indicators=beside(page),
        nodes=projects_rows(page, "project_nodes"),
        places=projects_rows(page, "project_places"),
    )


def _heading(page: Page) -> dict[str, Any]:
    project = project_of(page)
    label = page.words(f"project.level_{project['level']}", n=project["number"])
    crumbs = [
        (page.words("nav.overview"), "/"),
        (page.words("nav.projects"), "/progetti"),
        (label, None),
    ]
    if project["level"] == FUNDED:
        crumbs.insert(2, (page.words("projects.works"), "/progetti/opere"))
        return {"crumbs": crumbs, **funded.title(page)}
    found = next(r for r in progress(page, project["level"]) if r["project"] == project["project"])
    return {
        "title": _title(page, found),
        "tab": found["title"],
        "crumbs": crumbs,
        "demonstration": bool(project["demonstration"]),
        "figures": _figures(page, found),
    }


def _title(page: Page, found: dict[str, Any]) -> str:
    if found["physical"] is None:
        return page.words("project.title_plain", name=found["title"])
    days = found["delay_days"] or 0
    moved = delay(page, abs(days)).lstrip("+")
    finish = page.words("project.on_time")
    if moved != formatting.MISSING:
        finish = page.words("project.after" if days > 0 else "project.before", n=moved)
    key = "project.title_done" if found["done"] else "project.title"
    return page.words(key, name=found["short"], physical=found["physical"], finish=finish)


def _figures(page: Page, found: dict[str, Any]) -> list[tuple[str, str, str]]:
    words, lang = page.words, page.lang
    shown = [(words("projects.state"), found["word"], found["why"])]
    if found["physical"] is None:
        return shown
    planned = words("project.physical_note", planned=found["planned"])
    shown.append((words("project.physical"), f"{found['physical']}{formatting.NBSP}%", planned))
    if found["funding"]:
        paid, of = page.millions(found["paid"]), page.millions(found["funding"])
        note = words("project.financial_note", paid=paid, funding=of)
        shown.append((words("project.financial"), page.percent(found["financial"]), note))
    first = formatting.month(found["baseline_end"], lang)
    finish = formatting.month(found["finish"], lang)
    note = words("project.finish_note", month=first)
    shown.append((words("project.finished" if found["done"] else "project.finish"), finish, note))
    shown.append((words("project.drift"), found["delay"], words("project.drift_note")))
    return shown


PANELS: dict[str, Callable[[Page], Component]] = {
    "gantt": gantt,
    "spending": spending,
    "funding": funding,
    "milestones": milestones,
    "actors": actors,
    "links": links,
}
HEADINGS: dict[str, Callable[[Page], dict[str, Any]]] = {"project": _heading}
