"""The title of an indicator's page: how the chosen territory moved, and what of its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import narrative
from dashboard.pages.common import changes
from warehouse import formatting
from warehouse.formatting import NBSP

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.series import Change, Series
    from dashboard.status import Status
    from warehouse.declarations.targets import Target


def page_title(context: Context, period: str | None) -> str:
    """Say the news of the first highlighted territory; of an earlier period or of none, values."""
    indicator = context.indicator
    code = next(iter(context.highlighted), None)
    line = context.data.series(indicator.id, code) if code else None
    if line and period in (None, line.last_period) and (sentence := _news(context, line)):
        name = context.translate(indicator.short)
        return context.text("title.news", title=name, sentence=sentence)
    return narrative.indicator_title(context, indicator, period)


def _news(context: Context, line: Series) -> str | None:
    """Return change and target of a series in a sentence; None without either's ground."""
    status = context.data.status(line.indicator, line.territory)
    change = context.data.change(line)
    if change is None or change.municipalities or status is None or status.reliability == "small":
        return None
    place = context.catalog.territories[line.territory]
    rest = _goal(context, line, change, status)
    if rest is None:
        rest = narrative.gap_to_mean(context, context.indicator, place, line.last)
    return _movement(context, line, change) + rest


def _movement(context: Context, line: Series, change: Change) -> str:
    """Say from which side to which the value moved, by how much and over which time."""
    indicator, amount = context.indicator, abs(change.amount)
    decimals = 1 if change.kind == "percent" else indicator.decimals
    key = "up" if change.amount > 0 else "down" if change.amount < 0 else "same"
    if change.kind == "points" and indicator.better != "higher":
        key = {"up": "rises", "down": "falls"}.get(key, key)
    return context.text(
        f"title.{key}_{change.kind}" if amount else "title.same",
        zone=context.catalog.territories[line.territory].name,
        amount=context.format.number(amount, decimals),
        of_the=_article(context, context.format.number(amount, decimals), "of_the"),
        value=context.format.value(line.last_value, indicator),
        unit="" if indicator.unit == "index" else _with_space(context.format.unit(indicator)),
        span=changes.span(context, change.since, line.last_period),
    )


def _goal(context: Context, line: Series, change: Change, status: Status) -> str | None:
    """Say on which side of the target that judges it the value is, and was before the change."""
    goals = {str(n): goal for n, goal in enumerate(context.indicator.targets, start=1)}
    goal = goals.get(status.target or "")
    before = line.point(change.since)
    if goal is None or before is None:
        return None
    now, then = (_side(context, goal, value) for value in (line.last_value, before.value))
    is_met = status.target_sign == "reached"
    is_good = _is_towards(goal, before.value, line.last_value)
    word = "and" if change.amount == 0 or is_good == is_met else "but"
    position = f"{'stays' if now == then else 'now'}_{now}"
    return context.text(
        "title.goal",
        word=context.text(f"title.{word}"),
        position=context.text(f"title.{position}", goal=_with_name(context, goal, line)),
    )


def _side(context: Context, goal: Target, value: float) -> str:
    """Return over, under or at the target by the printed values; of a band, inside or outside."""
    decimals = context.indicator.decimals
    printed, limit = round(value, decimals), round(goal.value, decimals)
    if goal.high is not None:
        return "inside" if limit <= printed <= round(goal.high, decimals) else "outside"
    return "over" if printed > limit else "under" if printed < limit else "at"


def _is_towards(goal: Target, before: float, after: float) -> bool:
    if goal.kind == "between":
        ends = (goal.value, goal.high if goal.high is not None else goal.value)
        distances = [max(ends[0] - v, v - ends[1], 0) for v in (before, after)]
        return distances[1] <= distances[0]
    return after > before if goal.kind == "at_least" else after < before


def _with_name(context: Context, goal: Target, line: Series) -> str:
    """Name a target: `il 65 % di legge`, `l'obiettivo 2027 (83,3 %)`."""
    unit = context.format.unit(context.indicator)
    value = _amount(context, goal.value)
    if goal.high is not None:
        value = f"{value}-{_amount(context, goal.high)}"
    amount = value + _with_space(unit)
    return context.text(
        f"title.{_key_of_name(context, goal, line)}",
        the=_article(context, value, "the"),
        value=amount,
        period=context.format.period(goal.period),
    )


def _key_of_name(context: Context, goal: Target, line: Series) -> str:
    if goal.flag != "legal_minimum":
        return "target"
    key = "legal_limit" if goal.kind == "at_most" else "legal_minimum"
    if formatting.start(goal.period) > formatting.start(line.last_period):
        return f"{key}_due"
    is_plain = goal.kind == "at_least" and context.indicator.unit == "percent"
    return "by_law" if is_plain else key


def _with_space(unit: str) -> str:
    return unit if unit.startswith("/") else NBSP + unit


def _amount(context: Context, value: float) -> str:
    """Write a target's value without a decimal that it does not need."""
    places = 0 if value == round(value) else context.indicator.decimals
    return context.format.number(value, places)


def _article(context: Context, number: str, kind: str) -> str:
    """Return the Italian article before a number, by the vowel it begins with; empty in English."""
    whole = number.partition(",")[0]
    if whole.startswith(("8", "11.")) or whole in {"1", "11"}:
        form = "elided"
    else:
        form = "zero" if whole == "0" else "plain"
    return context.text(f"title.{kind}_{form}")
