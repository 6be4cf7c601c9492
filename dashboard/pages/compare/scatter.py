"""Two indicators against each other: all municipalities, and the past of the compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.dots import MOST_NAMED
from dashboard.figures.scatter import Goal, Trail, scatter
from dashboard.pages.common import sources
from dashboard.pages.common.filters import Menu
from dashboard.pages.compare.choice import (
    choice,
    line_of,
    municipal_period,
    municipalities,
    tells_apart,
)
from dashboard.registry import panel
from dashboard.series import Series, segments

EVERYWHERE = ("every_municipality", "every_part")  # scopes of a target that holds for each place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.figures.dots import Dot
    from dashboard.figures.trend import Segment
    from dashboard.pages.compare.choice import Choice, Place
    from dashboard.release_data import ReleaseData
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.targets import Target
    from warehouse.declarations.territories import Territory


@panel("compare_scatter")
def compare_scatter(context: Context) -> Html:
    """Draw two indicators against each other; an association is not a cause."""
    compared = choice(context)
    pair = scatter_pair(context, compared)
    if pair is None:
        return context.panel("compare/alone.html", "compare-scatter card", has_picture=False)
    across, up = pair
    periods = scatter_periods(context, across, up)
    dots = scatter_dots(context, pair)
    trails = _trails(context, pair, periods)
    names = [context.translate(indicator.short) for indicator in pair]
    same = periods[0] == periods[1]
    written = [context.format.period(period) for period in periods]
    return context.panel(
        "compare/scatter.html",
        "compare-scatter card",
        has_picture=bool(dots),
        names=names,
        count=len(dots),
        periods=written[:1] if same else written,
        menus=[
            _menu(context, compared, "across", across),
            _menu(context, compared, "up", up),
        ],
        plot=scatter_plot(context, pair, dots) if dots or trails else "",
        goals=[
            context.translate(target.source) for indicator in pair for target in _lines(indicator)
        ],
        has_past=any(len(trail.points) > 1 for trail in trails),
        sentence=_sentence(context, pair, trails),
        sources=sources.short(context, *pair),
    )


def scatter_plot(context: Context, pair: tuple[Indicator, Indicator], dots: Sequence[Dot]) -> str:
    """Draw all municipalities, and the past of the compared territories."""
    periods = scatter_periods(context, *pair)
    return scatter(
        dots,
        _trails(context, pair, periods),
        (_title(context, pair[0]), _title(context, pair[1])),
        (_writer(context, pair[0]), _writer(context, pair[1])),
        _goals(context, pair),
    )


def _trails(
    context: Context, pair: tuple[Indicator, Indicator], periods: tuple[str | None, str | None]
) -> list[Trail]:
    places = choice(context).places
    return [trail for place in places if (trail := _trail(context, pair, place, periods))]


def scatter_pair(context: Context, compared: Choice) -> tuple[Indicator, Indicator] | None:
    """Return the indicators of both axes: those of the address, else two that tell places apart.

    A missing axis takes what shares most periods with the other one, so that there is a past to
    draw; a single indicator is completed by another of its area.
    """
    loaded = {indicator.id: indicator for indicator in context.data.indicators}
    across = loaded.get(context.selection.across or "")
    up = loaded.get(context.selection.up or "")
    firsts = [across] if across else [i for i in compared.indicators if tells_apart(context, i)]
    firsts = firsts or [compared.indicators[0]]
    pairs = [
        (first, second)
        for first in firsts
        for second in ([up] if up else _others(context, compared, first))
        if second.id != first.id
    ]
    ranked = sorted(pairs, key=lambda pair: -len(_common_periods(context, *pair)))
    telling = (pair for pair in ranked if up or tells_apart(context, pair[1]))
    return next(telling, pairs[0] if pairs else None)


def _others(context: Context, compared: Choice, first: Indicator) -> list[Indicator]:
    others = [i for i in compared.indicators if i.id != first.id]
    return others or [
        i
        for i in context.data.indicators
        if i.area == first.area and i.id != first.id and i.aggregate != "sum"
    ]


def _common_periods(context: Context, first: Indicator, second: Indicator) -> set[str]:
    """Return the periods in which the metropolitan city has both."""
    metro = context.catalog.metro.territory
    lines = (context.data.aggregate(indicator.id, metro) for indicator in (first, second))
    periods = [{point.period for point in line.points} if line else set() for line in lines]
    return periods[0] & periods[1]


def scatter_periods(
    context: Context, across: Indicator, up: Indicator
) -> tuple[str | None, str | None]:
    """Return the newest period of both where there is one, else the newest of each."""
    return context.data.once(_scatter_periods, across.id, up.id)


def _scatter_periods(data: ReleaseData, across: str, up: str) -> tuple[str | None, str | None]:
    lines = [data.municipal_series(indicator) for indicator in (across, up)]
    periods = [{p for line in of.values() for p in line.periods()} for of in lines]
    latest = max(periods[0] & periods[1], default=None)
    if latest:
        return latest, latest
    newest = [data.once(municipal_period, indicator) for indicator in (across, up)]
    return newest[0], newest[1]


def scatter_dots(context: Context, pair: tuple[Indicator, Indicator]) -> list[Dot]:
    """Return the municipalities with both values, with their names if they are few."""
    places = municipalities(context)
    across, up = (
        context.data.values(indicator.id, places, period)
        for indicator, period in zip(pair, scatter_periods(context, *pair), strict=True)
    )

    def name(place: Territory) -> str:
        values = zip((across, up), pair, strict=True)
        written = (context.format.value(of[place.territory], i) for of, i in values)
        return f"{place.name} {' · '.join(written)}"

    return [
        (across[code], up[code], name(place) if len(places) <= MOST_NAMED else "")
        for place in places
        if (code := place.territory) in across and code in up
    ]


def _trail(
    context: Context,
    pair: tuple[Indicator, Indicator],
    place: Place,
    periods: tuple[str | None, str | None],
) -> Trail | None:
    lines = [line_of(context, indicator, place.territory) for indicator in pair]
    if not (lines[0] and lines[1]):
        return None
    xs, ys = ({point.period: point for point in line.points} for line in lines if line)
    shared = [period for period in xs if period in ys and periods[0] == periods[1]]
    if not shared:
        last = tuple(line.point(p) for line, p in zip(lines, periods, strict=True) if line and p)
        if len(last) < len(pair) or not (last[0] and last[1]):
            return None
        return Trail(
            place.position, place.territory.short, [(last[0].value, last[1].value, "")], []
        )
    points = [(xs[p].value, ys[p].value, context.format.period(p)) for p in shared]
    joints = [
        _weakest(kinds)
        for kinds in zip(
            *(
                segments(Series(i.id, place.code, tuple(of[p] for p in shared)), i)
                for i, of in zip(pair, (xs, ys), strict=True)
            ),
            strict=True,
        )
    ]
    return Trail(place.position, place.territory.short, points, joints)


def _weakest(kinds: tuple[Segment, ...]) -> Segment:
    order: tuple[Segment, ...] = ("broken", "dashed", "solid")
    return next(kind for kind in order if kind in kinds)


def _lines(indicator: Indicator) -> list[Target]:
    """Return the targets that hold for every territory, which a line of the drawing can stand for.

    Those of another scope, or of one territory, would judge places that they were not set for.
    """
    return [t for t in indicator.targets if t.scope in EVERYWHERE and t.territory is None]


def _goals(context: Context, pair: tuple[Indicator, Indicator]) -> list[Goal]:
    return [
        Goal(
            value,
            context.text(
                f"compare.goal_{target.flag}",
                value=_writer(context, indicator)(value),
                unit=context.format.unit(indicator),
            ),
            is_across=indicator is pair[0],
        )
        for indicator in pair
        for target in _lines(indicator)
        for value in (target.value, target.high)
        if value is not None
    ]


def _title(context: Context, indicator: Indicator) -> str:
    return f"{context.translate(indicator.short)}, {context.format.unit(indicator)}"


def _writer(context: Context, indicator: Indicator) -> Callable[[float], str]:
    def write(value: float) -> str:
        decimals = 0 if value == int(value) else max(1, indicator.decimals)
        return context.format.number(value, decimals)

    return write


def _menu(context: Context, compared: Choice, name: str, current: Indicator) -> Menu:
    options = tuple(
        (
            context.translate(indicator.short),
            context.href(
                territory=compared.codes, indicators=compared.names, **{name: indicator.id}
            ),
            indicator.id == current.id,
        )
        for indicator in compared.indicators
    )
    return Menu(name, context.text(f"compare.{name}"), context.translate(current.short), options)


def _sentence(context: Context, pair: tuple[Indicator, Indicator], trails: list[Trail]) -> str:
    """Say the last point of each territory, for readers who do not see the drawing."""
    parts = [
        f"{trail.name} {context.format.value(trail.points[-1][0], pair[0])} · "
        f"{context.format.value(trail.points[-1][1], pair[1])}"
        for trail in trails
    ]
    return "; ".join(parts)
