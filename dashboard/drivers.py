"""Drivers of a change: what each municipality adds to it, by its own change and by its weight."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, isclose, isnan
from typing import TYPE_CHECKING, Literal, NamedTuple

from dashboard.series import Series, first_break

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.release_data import ReleaseData
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

    Figures = tuple[float | None, float | None] | None  # numerator, denominator
Obstacle = Literal["no_figures", "broken", "not_summed", "apart"]


class Part(NamedTuple):
    """A municipality's numerator and denominator (or weight) in two periods."""

    place: str
    numerator_before: float
    numerator_after: float
    denominator_before: float
    denominator_after: float


class Contribution(NamedTuple):
    """What a municipality adds to a change: by its own change, and by its share of the weights."""

    place: str
    within: float
    composition: float

    @property
    def total(self) -> float:
        """Both together, in the unit of the indicator."""
        return self.within + self.composition


@dataclass(frozen=True, slots=True)
class Drivers:
    """A change of a territory, over the municipalities with figures in both periods."""

    territory: str
    before: str
    after: str
    value_before: float
    value_after: float
    contributions: tuple[Contribution, ...]  # the largest first
    absent: tuple[str, ...]  # municipalities without a figure in one of the periods

    @property
    def within(self) -> float:
        """What the municipalities' own changes add."""
        return fsum(c.within for c in self.contributions)

    @property
    def composition(self) -> float:
        """What the change of the municipalities' weights adds."""
        return fsum(c.composition for c in self.contributions)


def decompose(parts: Sequence[Part], *, is_sum: bool, multiplier: float) -> list[Contribution]:
    """Split the change of Σ numerator ÷ Σ denominator, or of a sum, into its municipalities.

    Of a rate r with weight s: within is the mean s times the change of r; composition is the
    change of s times how far the mean r is from the territory's. Both add up to the change.
    """
    if is_sum:
        zero = multiplier * 0
        return [
            Contribution(p.place, multiplier * (p.numerator_after - p.numerator_before), zero)
            for p in parts
        ]
    before = sum(p.denominator_before for p in parts)
    after = sum(p.denominator_after for p in parts)
    level = sum(p.numerator_before for p in parts) / before
    level = (level + sum(p.numerator_after for p in parts) / after) / 2
    contributions = []
    for part in parts:
        place, numerator_before, numerator_after, denominator_before, denominator_after = part
        weight_before, weight_after = denominator_before / before, denominator_after / after
        moved = numerator_after / after - numerator_before / before
        total = moved - level * (weight_after - weight_before)
        within = (weight_before + weight_after) / 2 * _own_change(part)
        contributions.append(
            Contribution(place, multiplier * within, multiplier * (total - within))
        )
    return contributions


def _own_change(part: Part) -> float:
    """Return the change of the rate; nothing where a period has no denominator."""
    if not part.denominator_before or not part.denominator_after:
        return part.denominator_before * 0
    rate_before = part.numerator_before / part.denominator_before
    return part.numerator_after / part.denominator_after - rate_before


def explain(
    data: ReleaseData, indicator: Indicator, place: Territory, before: str, after: str
) -> Drivers | Obstacle:
    """Return the drivers of a territory's change between two periods, or why there are none.

    The municipalities are the present ones that have a figure in both periods, as in the table
    `comparison`; the two values are those from which the printed change is made.
    """
    line = data.series(indicator.id, place.territory)
    members = members_of(data, place)
    if line is None or not members:
        return "not_summed"
    first, last = line.point(before), line.point(after)
    if first is None or last is None:
        return "no_figures"
    if first_break(indicator, before, after):
        return "broken"
    is_sum = indicator.aggregate == "sum"
    parts = _parts(data, indicator, members, (before, after))
    if not parts:
        return "no_figures"
    compared = data.comparisons.get(indicator.id, place.territory, before, after)
    values = (compared.before, compared.after) if compared else (first.value, last.value)
    contributions = decompose(parts, is_sum=is_sum, multiplier=indicator.multiplier)
    change = fsum(c.within + c.composition for c in contributions)
    size = max(*map(abs, values), 1e-9)
    if not isclose(change, values[1] - values[0], rel_tol=1e-6, abs_tol=1e-9 * size):
        return "apart"
    present = {part.place for part in parts}
    return Drivers(
        place.territory,
        before,
        after,
        *values,
        tuple(sorted(contributions, key=lambda c: (-abs(c.within + c.composition), c.place))),
        tuple(m.territory for m in members if m.territory not in present),
    )


def members_of(data: ReleaseData, place: Territory) -> tuple[Territory, ...]:
    """Return today's municipalities of a zone or the metropolitan city; none of any other."""
    if place == data.catalog.metro:
        return tuple(member for members in data.municipalities.values() for member in members)
    return data.municipalities.get(place.territory, ())


def starts(line: Series, indicator: Indicator, after: str) -> tuple[str, ...]:
    """Return the periods from which the change up to `after` can be explained, oldest first."""
    periods = [point.period for point in line.points]
    earlier = periods[: periods.index(after)] if after in periods else []
    return tuple(
        period
        for period in earlier
        if len(period) == len(after) and not first_break(indicator, period, after)
    )


def usual_start(line: Series, after: str) -> str | None:
    """Return the period with which a value is compared: that of the series up to it."""
    periods = [point.period for point in line.points]
    points = line.points[: periods.index(after) + 1] if after in periods else ()
    if not points:
        return None
    reference = Series(line.indicator, line.territory, points).reference
    return reference.period if reference else None


def _parts(
    data: ReleaseData, indicator: Indicator, members: Sequence[Territory], periods: tuple[str, str]
) -> list[Part]:
    """Return the figures of the municipalities that have them in both periods."""
    series, is_sum = data.municipal_series(indicator.id), indicator.aggregate == "sum"
    lines = ((m.territory, series.get((indicator.id, m.territory))) for m in members)
    first, last = periods
    figures = ((code, line.parts(first), line.parts(last)) for code, line in lines if line)
    parts = (_part(code, before, after, is_sum=is_sum) for code, before, after in figures)
    return [part for part in parts if part]


def _part(code: str, before: Figures, after: Figures, *, is_sum: bool) -> Part | None:
    """Return the figures of a municipality; None unless it has them in both periods."""
    if before is None or after is None:
        return None
    numerators = before[0], after[0]
    denominators = (0.0, 0.0) if is_sum else (before[1], after[1])
    figures = [f for f in (*numerators, *denominators) if f is not None and not isnan(f)]
    return Part._make((code, *figures)) if len(figures) == len(Part._fields) - 1 else None
