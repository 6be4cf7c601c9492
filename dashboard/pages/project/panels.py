"""The page of one project of the plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard import theme
from dashboard.components.html import Html
from dashboard.figures import spending as figure
from dashboard.figures.gantt import Bar, axis, row
from dashboard.pages.common import breadcrumbs
from dashboard.pages.common.filters import TRAITS
from dashboard.pages.common.progress import (
    delay,
    likely,
    progress,
    project_of,
    projects_rows,
)
from dashboard.pages.project.linked_indicators import beside
from dashboard.registry import Crumb, Heading, KeyFigure, heading, panel
from warehouse import formatting

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.context import Context

MANY = 9  # milestones, from which their rows are drawn closer


@panel("gantt")
def gantt(context: Context) -> Component:
    """Draw each milestone's first plan, what was done, and when it is expected to end."""
    steps, today = _steps(context), date.fromisoformat(context.today)
    bars = [_bar(context, s, today) for s in steps]
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
    return context.panel(
        "project/gantt.html",
        "gantt card",
        rows=[
            s | {"drawing": row(b, on, today, height=56 if len(steps) < MANY else 42)}
            for s, b in zip(steps, bars, strict=True)
        ],
        axis=on,
        today=context.format.day(today),
        today_x=on.x(today),
    )


def _steps(context: Context) -> list[dict[str, Any]]:
    return [
        found
        | {
            "title": found[f"title_{context.language}"],
            "delay": delay(context, found["delay_days"]),
            "late": (found["delay_days"] or 0) > 0,
            "done": found["actual_end"] is not None,
            "plan": context.format.month(found["baseline_end"]),
            "ended": context.format.month(found["actual_end"]),
            "expected": context.format.month(found["planned_end"]),
            "likely": likely(context, found),
        }
        for found in projects_rows(context, "project_milestones", today=context.today)
    ]


def _bar(context: Context, step: dict[str, Any], today: date) -> Bar:
    names = ("baseline_start", "baseline_end", "actual_start", "actual_end", "planned_end")
    start, end, begun, done, expected = (step[n] for n in names)
    moved = delay(context, step["delay_days"])
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


@panel("spending")
def spending(context: Context) -> Component:
    """Draw what was paid and was planned to be, up to each period."""
    rows = projects_rows(context, "project_payments", today=context.today)
    demonstration = any(r["demonstration"] for r in rows)
    last = context.format.period(rows[-1]["period"] if rows else None)
    head = context.render(
        "project/spending.html", rows=rows, demonstration=demonstration, last=last
    )
    body: list[Component] = []
    if rows:
        caption = context.text(
            "project.spending_caption",
            paid=context.format.millions(rows[-1]["amount"]),
            planned=context.format.millions(rows[-1]["planned"]),
            period=last,
        )
        body = [html.Figure([_graph(context, rows), html.Figcaption(caption, className="sr")])]
    return html.Section([Html(head), *body], className="panel panel-spending card")


def _graph(context: Context, rows: list[dict[str, Any]]) -> Component:
    points = [
        (_end(r["period"]), context.format.period(r["period"]), r["amount"], r["planned"])
        for r in rows
    ]
    drawn = figure.spending(
        points,
        layout=theme.chart(context.selection.theme),
        token=theme.THEMES[context.selection.theme],
        names=(context.text("project.paid"), context.text("project.planned")),
        write=context.format.millions,
    )
    drawn["layout"]["separators"] = ",." if context.language == "it" else ".,"
    return dcc.Graph(
        figure=drawn,
        config={"displayModeBar": False, "responsive": True, "locale": context.language},
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


@panel("milestones")
def milestones(context: Context) -> Html:
    """Give the milestones as a table."""
    return context.panel("project/milestones.html", "milestones card", rows=_steps(context))


@panel("actors")
def actors(context: Context) -> Html:
    """Say who takes part as what, and which traits the plan recognises."""
    project = project_of(context)
    rows = projects_rows(context, "project_actors")
    told = (project["traits"] or "").split()
    return context.panel(
        "project/actors.html",
        "actors card",
        rows=rows,
        demonstration=any(r["demonstration"] for r in rows),
        traits=[(t, t in told) for t in TRAITS] if told else [],
    )


@panel("links")
def links(context: Context) -> Html:
    """Lead on: to the indicators beside the project, its areas, territories and public page."""
    return context.panel(
        "project/links.html",
        "links card",
        project=project_of(context),
        indicators=beside(context),
        nodes=projects_rows(context, "project_nodes"),
        places=projects_rows(context, "project_places"),
    )


@heading("project")
def _heading(context: Context) -> Heading:
    project = project_of(context)
    label = context.text(f"project.level_{project['level']}", n=project["number"])
    crumbs = [
        breadcrumbs.home(context),
        breadcrumbs.projects(context),
        Crumb(label),
    ]
    found = next(
        r for r in progress(context, project["level"]) if r["project"] == project["project"]
    )
    return Heading(
        title=_title(context, found),
        tab=found["title"],
        crumbs=tuple(crumbs),
        demonstration=bool(project["demonstration"]),
        figures=_figures(context, found),
    )


def _title(context: Context, found: dict[str, Any]) -> str:
    if found["physical"] is None:
        return context.text("project.title_plain", name=found["title"])
    days = found["delay_days"] or 0
    moved = delay(context, abs(days)).lstrip("+")
    finish = context.text("project.on_time")
    if moved != formatting.MISSING:
        finish = context.text("project.after" if days > 0 else "project.before", n=moved)
    key = "project.title_done" if found["done"] else "project.title"
    return context.text(key, name=found["short"], physical=found["physical"], finish=finish)


def _figures(context: Context, found: dict[str, Any]) -> tuple[KeyFigure, ...]:
    words, lang = context.text, context.language
    shown = [KeyFigure(words("projects.state"), found["word"], found["why"])]
    if found["physical"] is None:
        return tuple(shown)
    planned = words("project.physical_note", planned=found["planned"])
    shown.append(
        KeyFigure(words("project.physical"), f"{found['physical']}{formatting.NBSP}%", planned)
    )
    if found["funding"]:
        paid, of = context.format.millions(found["paid"]), context.format.millions(found["funding"])
        note = words("project.financial_note", paid=paid, funding=of)
        shown.append(
            KeyFigure(words("project.financial"), context.format.percent(found["financial"]), note)
        )
    first = formatting.month(found["baseline_end"], lang)
    finish = formatting.month(found["finish"], lang)
    note = words("project.finish_note", month=first)
    shown.append(
        KeyFigure(words("project.finished" if found["done"] else "project.finish"), finish, note)
    )
    shown.append(KeyFigure(words("project.drift"), found["delay"], words("project.drift_note")))
    return tuple(shown)
