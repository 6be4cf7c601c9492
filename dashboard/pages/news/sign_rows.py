"""Words of a sign that flipped and of a target that was passed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.pages.news import value_rows
from dashboard.pages.news.wording import Words, area_number, joined

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.news.changes import MovedTarget, News
    from warehouse.query.between import MovedSign, MovedValue

SHAPES = {"better": "good", "stable": "steady", "worse": "att", "none": "none", "small": "small"}
NAMED = 2  # municipalities; the others are counted


def with_signs(words: Words, sign: MovedSign | None) -> Words:
    """Add the shapes of the direction before and after, where both releases judged."""
    if sign is None:
        return words
    before, after = SHAPES.get(sign.before, "none"), SHAPES.get(sign.after, "none")
    return replace(words, sign_before=before, sign_after=after)


def words(context: Context, news: News, value: MovedValue, sign: MovedSign) -> Words:
    """Say which sign a series had and has, or that its target was passed."""
    base = value_rows.words(context, news, value)
    before, after = (context.text(f"news.sign_{s}") for s in (sign.before, sign.after))
    event = context.text("news.flip", before=before, after=after) if sign.has_flipped else ""
    name = base.brief.rpartition(":")[0]
    brief = f"{name}: {after}"
    if sign.has_passed:
        key = "news.reached_target" if sign.target_after == "reached" else "news.lost_target"
        event = joined(context.text(key), event)
        brief = f"{name}: {context.text(key)}"
    area = area_number(context, context.catalog.indicators[value.indicator].area)
    detail = joined(area, context.format.period(value.period_after or value.period_before), event)
    return with_signs(replace(base, detail=detail, brief=brief), sign)


def target_words(context: Context, moved: MovedTarget) -> Words:
    """Say which municipalities reached a target since, and how many there are now."""
    indicator = context.catalog.indicators[moved.indicator]
    name = context.translate(indicator.short)
    reached = _names(context, moved.reached, "news.reached_in")
    lost = _names(context, moved.lost, "news.lost_in")
    difference = context.format.number(moved.after - moved.before, 0, signed=True)
    places = context.text("news.municipalities", n=difference)
    return Words(
        title=f"{name}: {context.text('news.target')}",
        path=f"/indicatori/{moved.indicator}",
        detail=joined(area_number(context, indicator.area), reached, lost),
        before=context.format.number(moved.before, 0),
        after=context.format.number(moved.after, 0),
        difference=places,
        reason="",
        brief=f"{name}, {context.text('news.target')}: {places}",
        chart="",
        number_before=moved.before,
        number_after=moved.after,
    )


def _names(context: Context, territories: tuple[str, ...], key: str) -> str:
    if not territories:
        return ""
    names = [context.catalog.territories[code].name for code in territories]
    more = len(names) - NAMED
    listed = ", ".join(names[:NAMED])
    if more > 0:
        listed = context.text("news.and_more", names=listed, n=more)
    return context.text(key, names=listed)
