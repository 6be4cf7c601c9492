"""The compared territories and indicators, as the address names them, and their values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.figures import marks
from dashboard.intervals import interval
from dashboard.pages.common.headlines import headline_indicators
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.context import Context
    from dashboard.points import Point
    from dashboard.release_data import ReleaseData
    from dashboard.series import Series
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

MOST_INDICATORS = 12
FIRST_PLACES = 3  # of an address that names none
FIRST_INDICATORS = 6
MOST_ALIKE = 0.5  # share of the municipalities that may have one value
MARKED = ("E", "P")  # estimated, provisional


@dataclass(frozen=True, slots=True)
class Place:
    """A compared territory; its position gives it its shape and hue."""

    territory: Territory
    position: int

    @property
    def code(self) -> str:
        """The code of the territory."""
        return self.territory.territory


@dataclass(frozen=True, slots=True)
class Choice:
    """The compared territories and indicators; `left_out` are beyond what can be compared."""

    places: tuple[Place, ...]
    indicators: tuple[Indicator, ...]
    left_out: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the territories."""
        return tuple(place.code for place in self.places)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the indicators."""
        return tuple(indicator.id for indicator in self.indicators)


def choice(context: Context) -> Choice:
    """Return what the address compares, or what an address that names nothing starts with."""
    loaded = {indicator.id: indicator for indicator in context.data.indicators}
    chosen = [loaded[name] for name in context.selection.indicators if name in loaded]
    indicators = chosen or list(_first_indicators(context))
    codes = list(context.highlighted) or [
        zone.territory for zone in context.catalog.zones[:FIRST_PLACES]
    ]
    left_out = max(0, len(codes) - marks.MOST) + max(0, len(indicators) - MOST_INDICATORS)
    places = [context.catalog.territories[code] for code in codes[: marks.MOST]]
    return Choice(
        tuple(Place(place, position) for position, place in enumerate(places)),
        tuple(indicators[:MOST_INDICATORS]),
        left_out,
    )


def _first_indicators(context: Context) -> Iterable[Indicator]:
    """Return the first headlines of the areas, area by area, that can be compared.

    One that is the same in most municipalities would leave the panels empty; where nothing is
    loaded yet, they say so of the first that are declared.
    """
    columns = [headline_indicators(context, node) for node in context.catalog.areas]
    turns = [
        column[turn]
        for turn in range(max(map(len, columns), default=0))
        for column in columns
        if turn < len(column)
    ]
    metro = context.catalog.metro.territory
    comparable = [i for i in turns if context.data.aggregate(i.id, metro) and i.aggregate != "sum"]
    telling = [indicator for indicator in comparable if tells_apart(context, indicator)]
    declared = list(context.catalog.indicators.values())
    return (telling or comparable or list(context.data.indicators) or declared)[:FIRST_INDICATORS]


def subject(context: Context, compared: Choice) -> Indicator:
    """Return the indicator of the panels about a single one: the selected, else the first."""
    chosen = next((i for i in compared.indicators if i.id == context.selection.subject), None)
    return chosen or compared.indicators[0]


def line_of(context: Context, indicator: Indicator, place: Territory) -> Series | None:
    """Return the series of a territory, if it has one."""
    return context.data.series(indicator.id, place.territory)


def common_period(
    context: Context, indicator: Indicator, places: Sequence[Territory]
) -> str | None:
    """Return the newest period in which most of the territories have a value."""
    return fullest_period(line_of(context, indicator, place) for place in places)


def fullest_period(lines: Iterable[Series | None]) -> str | None:
    """Return the newest period in which most of the series have a value."""
    counts: dict[str, int] = {}
    for line in lines:
        for period in line.periods() if line else ():
            counts[period] = counts.get(period, 0) + 1
    most = max(counts.values(), default=0)
    return max((p for p, n in counts.items() if n == most), key=formatting.start, default=None)


def municipal_period(data: ReleaseData, indicator: str) -> str | None:
    """Return the newest period in which most of the present municipalities have a value."""
    return fullest_period(current_lines(data, indicator))


def point_in(
    context: Context, indicator: Indicator, place: Territory, period: str | None
) -> Point | None:
    """Return the observation of a territory in a period."""
    line = line_of(context, indicator, place)
    return line.point(period) if line and period else None


def mean_in(context: Context, indicator: Indicator, period: str | None) -> Point | None:
    """Return the metropolitan observation; none of a sum, which is not a mean of its parts."""
    if indicator.aggregate == "sum":
        return None
    return point_in(context, indicator, context.catalog.metro, period)


def tells_apart(context: Context, indicator: Indicator) -> bool:
    """Say whether no printed value is that of most municipalities."""
    return context.data.once(_tells_apart, indicator.id)


def _tells_apart(data: ReleaseData, indicator: str) -> bool:
    places = [p for places in data.municipalities.values() for p in places]
    period = data.once(municipal_period, indicator)
    decimals = data.catalog.indicators[indicator].decimals
    printed = (round(v, decimals) for v in data.values(indicator, places, period).values())
    values = Counter(printed)
    return bool(values) and values.most_common(1)[0][1] < MOST_ALIKE * values.total()


def current_lines(data: ReleaseData, indicator: str) -> list[Series]:
    """Return the series of the present municipalities that have one, zone by zone."""
    places = (p for places in data.municipalities.values() for p in places)
    series = data.municipal_series(indicator)
    return [line for place in places if (line := series.get((indicator, place.territory)))]


def municipalities(context: Context) -> tuple[Territory, ...]:
    """Return the present municipalities, zone by zone."""
    return tuple(p for places in context.data.municipalities.values() for p in places)


def written(context: Context, indicator: Indicator, point: Point | None) -> str:
    """Write a value with the mark of its status, and a star where it is partial."""
    if point is None:
        return context.format.value(None, indicator)
    mark = f" {point.status.lower()}" if point.status in MARKED else ""
    partial = "*" if point.coverage < context.config.thresholds.complete_coverage else ""
    return context.format.value(point.value, indicator) + partial + mark


def written_interval(context: Context, indicator: Indicator, point: Point | None) -> str:
    """Write the 95 % interval of a value; empty where it is not known."""
    ends = interval(context.catalog, indicator, point) if point else None
    return "–".join(context.format.value(end, indicator) for end in ends) if ends else ""


def lower_is_better(indicator: Indicator) -> bool:
    """Say whether right and first mean lower."""
    return indicator.better == "lower"
