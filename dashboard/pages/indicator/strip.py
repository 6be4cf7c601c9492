"""The strip of an indicator: value, change, target, direction, reliability of one territory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import status_words
from dashboard.pages.common import changes
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.series import Change, Series
    from dashboard.status import Sign, Status, TargetStanding
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.targets import Target
    from warehouse.declarations.territories import Territory

MIN_RANKED = 2


@dataclass(frozen=True, slots=True)
class Goal:
    """A target: its sign, its word, and where the value stands, in a sentence."""

    sign: str
    word: str
    sentence: str
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing to a target, and the change a year that it takes."""

    amount: str
    unit: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The cells of the strip."""

    place: str
    value: str
    unit: str
    period: str
    standing: str
    amount: str
    span: str
    from_to: str
    goals: tuple[Goal, ...]
    releases: tuple[tuple[str, str], ...]
    no_target: str
    direction: Sign
    because: str
    stopped: str
    reliability: str
    rests_on: str
    missing: Missing | None


@panel("strip")
def strip(context: Context) -> Html:
    """Draw the status of the chosen territory, or of the metropolitan city."""
    place = subject(context)
    line = context.data.series(context.indicator.id, place.territory)
    cells = _strip(context, place, line) if line else None
    return context.panel(
        "indicator/strip.html",
        "strip card",
        strip=cells,
        place=place.name,
        absence="" if cells else absence(context, place),
    )


def absence(context: Context, place: Territory) -> str:
    """Say that a place has no value, and whether parts of it have one."""
    if context.data.municipal_series(context.indicator.id):
        return context.text("strip.only_parts", place=place.name)
    title = context.translate(context.indicator.title)
    return context.text("narrative.no_values", title=title)


def subject(context: Context) -> Territory:
    """Return the first chosen territory with a value, else the metropolitan city."""
    for code in context.highlighted:
        if context.data.series(context.indicator.id, code):
            return context.catalog.territories[code]
    return context.catalog.metro


def _strip(context: Context, place: Territory, line: Series) -> Strip:
    indicator, last = context.indicator, line.last
    change = context.data.change(line)
    status = context.data.status(indicator.id, place.territory)
    standings = {s.target: s for s in context.data.standings(indicator.id, place.territory)}
    return Strip(
        place=place.name,
        value=context.format.value(last.value, indicator),
        unit=context.format.unit(indicator),
        period=context.format.period(last.period),
        standing=_standing(context, place, line, status),
        amount=changes.amount(context, change, indicator) if change else "",
        span=changes.span(context, change.since, last.period) if change else "",
        from_to=_from_to(context, line, change) if change else changes.absence(context, line),
        goals=_goals(context, place, standings),
        releases=_releases(context, place),
        no_target=_no_target(context),
        direction=status.direction if status else "none",
        because=status_words.direction(context, status) if status else "",
        stopped=""
        if context.data.is_current(line)
        else context.text("strip.stopped", period=context.format.period(last.period)),
        reliability=status.reliability if status else "",
        rests_on=status_words.reliability(context, status) if status else "",
        missing=_missing(context, indicator, standings),
    )


def _standing(context: Context, place: Territory, line: Series, status: Status | None) -> str:
    """Say the rank among the zones, and how far the metropolitan value is."""
    indicator, last = context.indicator, line.last
    parts = []
    if place.level == "zone" and status and status.direction != "small":
        parts.append(_rank(context, place, last.period))
    metro = context.data.aggregate(indicator.id, context.catalog.metro.territory)
    mean = metro.point(last.period) if metro and place.level != "metro" else None
    if mean and indicator.aggregate != "sum":
        printed = (round(v, indicator.decimals) for v in (last.value, mean.value))
        value, whole = printed
        parts.append(
            context.text(
                "strip.gap",
                gap=context.format.number(value - whole, indicator.decimals, signed=True),
                unit=status_words.unit_of_change(context, indicator),
                mean=context.format.value(mean.value, indicator),
            )
        )
    return "; ".join(filter(None, parts))


def _rank(context: Context, place: Territory, period: str) -> str:
    """Say the rank among the zones of complete coverage, by the printed values, the best first."""
    indicator, least = context.indicator, context.config.thresholds.complete_coverage
    lines = {z.territory: context.data.aggregate(indicator.id, z.territory)
             for z in context.catalog.zones}  # fmt: skip
    points = {code: line.point(period) for code, line in lines.items() if line}
    values = {
        code: round(p.value, indicator.decimals)
        for code, p in points.items()
        if p and p.coverage >= least
    }
    own = values.get(place.territory)
    if own is None or len(values) < MIN_RANKED:
        return ""
    sign = -1 if indicator.better == "lower" else 1
    rank = 1 + sum(sign * (value - own) > 0 for value in values.values())
    ordinal = f"{rank}º" if context.language == "it" else f"{rank}"
    return context.text("strip.rank", rank=ordinal, total=len(values))


def _from_to(context: Context, line: Series, change: Change) -> str:
    """Say both values of a change, with both dates."""
    indicator, before = context.indicator, line.point(change.since)
    comparison = context.data.comparisons.get(
        line.indicator, line.territory, change.since, line.last_period
    )
    first = comparison.before if comparison else before.value if before else None
    after = comparison.after if comparison else line.last_value
    text = context.text(
        "strip.from_to",
        before=context.format.value(first, indicator),
        first=context.format.period(change.since),
        after=context.format.value(after, indicator),
        last=context.format.period(line.last_period),
    )
    if change.municipalities is None:
        return text
    return f"{text}, {context.text('strip.common', n=change.municipalities)}"


def _goals(
    context: Context, place: Territory, standings: dict[str, TargetStanding]
) -> tuple[Goal, ...]:
    """Return the targets that judge the territory; where none does, all that concern it."""
    indicator = context.indicator
    goals = [
        _goal(context, indicator, goal, standings.get(str(number)))
        for number, goal in enumerate(indicator.targets, start=1)
        if goal.concerns(place.territory)
    ]
    return tuple([goal for goal in goals if goal.sign != "none"] or goals)


def _releases(context: Context, place: Territory) -> tuple[tuple[str, str], ...]:
    """Return the target's sign in the last releases and what it says; empty without two."""
    signs = context.data.target_signs(context.indicator.id, place.territory)
    if len(signs) < MIN_RANKED or not any(sign for _, sign in signs):
        return ()
    return tuple(
        (
            sign or "none",
            context.text(
                "strip.release",
                day=context.format.day(day),
                word=context.text(f"target.{sign}" if sign else "strip.not_judged"),
            ),
        )
        for day, sign in signs
    )


def _goal(
    context: Context, indicator: Indicator, target: Target, standing: TargetStanding | None
) -> Goal:
    sign = (standing.sign or "none") if standing else "none"
    return Goal(
        sign=sign,
        word=context.text(f"target.{sign}") if sign != "none" else "",
        sentence=status_words.target(context, indicator, target, standing),
        source=context.translate(target.source),
        address=target.address,
    )


def _no_target(context: Context) -> str:
    """Say that there is no target, and what the values are compared with."""
    for reference in context.catalog.references:
        if context.data.aggregate(context.indicator.id, reference.territory):
            return context.text("because.no_target_reference", name=reference.name)
    return context.text("because.no_target")


def _missing(
    context: Context, indicator: Indicator, standings: dict[str, TargetStanding]
) -> Missing | None:
    """Return what is missing to the last target that is not reached."""
    unmet = [s for s in standings.values() if s.standing != "reached"]
    if not unmet:
        return None
    last = max(unmet, key=lambda s: (s.needed is not None, s.target))
    target = indicator.targets[int(last.target) - 1]
    return Missing(
        amount=context.format.number(abs(last.distance), indicator.decimals),
        unit=status_words.unit_of_change(context, indicator),
        sentence=status_words.target(context, indicator, target, last),
    )
