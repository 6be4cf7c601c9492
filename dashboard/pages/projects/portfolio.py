"""The portfolio: the chosen projects of the plan as sentences with their timeline, and as money."""

from __future__ import annotations

from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from dashboard.figures.gantt import Axis, Bar, axis, row
from dashboard.figures.treemap import Tile, treemap
from dashboard.pages.common import breadcrumbs
from dashboard.pages.common.filters import matches, portfolio_menus
from dashboard.pages.common.progress import progress, span
from dashboard.registry import Crumb, Heading, KeyFigure, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

LEVELS = ("strategic", "operational")
TIMELINE = 46
TREEMAP = (500, 380)  # width and height, in the drawing's own units
LETTER, LINE = 6.6, 16  # width and height of what is written in it


def level(context: Context) -> str:
    """Return the chosen level of projects."""
    return context.selection.level if context.selection.level in LEVELS else LEVELS[0]


def chosen(context: Context) -> list[dict[str, Any]]:
    """Return the projects of the chosen level that fit every other choice."""
    found = [r for r in progress(context, level(context)) if matches(context, r)]
    for territory in context.highlighted:
        concerned = context.data.rows("projects_of_territory", territory=territory)
        names = {r["project"] for r in concerned}
        found = [r for r in found if r["project"] in names]
    return found


@panel("portfolio")
def portfolio(context: Context) -> Html:
    """Draw each project as a sentence: what, how far, how much, when, what next."""
    found = chosen(context)
    today = date.fromisoformat(context.today)
    bars = [_bar(r, today) for r in found]
    on = axis([today, *(d for b in bars for d in _days(b))])
    return context.panel(
        "projects/portfolio.html",
        "portfolio card",
        level=level(context),
        levels=LEVELS,
        menus=portfolio_menus(context, progress(context, level(context))),
        rows=[_row(context, r, b, on, today) for r, b in zip(found, bars, strict=True)],
        axis=on,
        today=context.format.day(today),
        today_x=on.x(today),
    )


def _bar(found: dict[str, Any], today: date) -> Bar:
    names = ("baseline_start", "baseline_end", "actual_start", "finish", "finish_low")
    start, end, begun, finish, low = (found[n] for n in names)
    high = found["finish_high"]
    done = bool(found["done"])
    return Bar(
        planned=(start, end) if start and end else None,
        start=begun,
        done=(finish if done else today) if begun else None,
        forecast=None if done else finish,
        range=(low, high) if low and high and not done else None,
        reached=done,
        late=found["late"],
    )


def _days(bar: Bar) -> list[date]:
    days = (*(bar.planned or ()), bar.start, bar.done, bar.forecast, *(bar.range or ()))
    return [d for d in days if d]


def _row(
    context: Context, found: dict[str, Any], bar: Bar, on: Axis, today: date
) -> dict[str, Any]:
    finish = context.format.month(found["finish"])
    key = "projects.ended" if bar.reached else "projects.expected"
    return found | {
        "timeline": row(bar, on, today, height=TIMELINE, marks=False),
        "spoken": _spoken(context, bar),
        "nodes": _areas(context, found),
        "finish": context.text(key, month=finish),
        "by": context.text("projects.by", month=context.format.month(found["next_date"]))
        if found["next_date"]
        else "",
        "likely": "" if found["done"] else span(context, found["finish_low"], found["finish_high"]),
    }


def _spoken(context: Context, bar: Bar) -> str:
    """Say the timeline, for whoever does not see it."""
    if not bar.planned:
        return ""
    start, end = (context.format.month(d) for d in bar.planned)
    return context.text("projects.spoken", start=start, end=end)


def _areas(context: Context, found: dict[str, Any]) -> str:
    nodes = {n.id: n for n in context.catalog.areas}
    first = nodes.get(found["area"] or "")
    name = context.translate(first.short or first.title) if first else ""
    more = len((found["areas"] or "").split()) - 1
    if more < 1:
        return name
    key = "projects.more_areas" if more > 1 else "projects.more_area"
    return f"{name} · {context.text(key, n=more)}"


@panel("money")
def money(context: Context) -> Html:
    """Draw the money of the chosen projects: areas are funds assigned, the dark part is paid."""
    found = sorted((r for r in chosen(context) if r["funding"]), key=lambda r: -r["funding"])
    tiles = treemap([r["funding"] for r in found], *TREEMAP)
    day = max((r["paid_at"] for r in found if r["paid_at"]), default=None)
    return context.panel(
        "projects/money.html",
        "money card",
        rows=[
            r
            | {
                "tile": tile,
                "lines": _lines(r["short"], tile),
                "share": min((r["paid"] or 0) / r["funding"], 1),
            }
            for r, tile in zip(found, tiles, strict=True)
        ],
        size=TREEMAP,
        day=context.format.period(day),
        level=level(context),
    )


def _lines(name: str, tile: Tile) -> list[str]:
    """Return a name in lines that fit a tile; none where it does not fit whole."""
    lines = wrap(name, max(1, int((tile.width - 16) / LETTER)), break_long_words=False)
    fits = max(map(len, lines)) * LETTER <= tile.width - 16
    return lines if fits and (len(lines) + 1) * LINE + 14 <= tile.height else []


@heading("projects")
def _heading(context: Context) -> Heading:
    found = chosen(context)
    late = sum(1 for r in found if r["late"])
    funding = sum(r["funding"] or 0 for r in found)
    paid = sum(r["paid"] or 0 for r in found)
    weighted = sum((r["physical"] or 0) / 100 * (r["funding"] or 0) for r in found)
    of = context.text("projects.of", n=late, total=len(found))
    crumb = context.text("nav.projects")
    share = funding or None
    return Heading(
        title=context.text(f"projects.title_{level(context)}", n=late, total=len(found))
        if found
        else context.text("projects.none"),
        tab=crumb,
        crumbs=(breadcrumbs.home(context), Crumb(crumb)),
        demonstration=True,
        figures=(
            KeyFigure(context.text("projects.late"), of),
            KeyFigure(
                context.text("projects.weighted"),
                context.format.percent(share and weighted / share),
            ),
            KeyFigure(
                context.text("projects.paid"), context.format.percent(share and paid / share)
            ),
            KeyFigure(context.text("projects.funded"), f"{context.format.millions(funding)} M€"),
        ),
    )
