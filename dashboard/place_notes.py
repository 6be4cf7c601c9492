"""Notes on single values of an indicator, with the zones that each value moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.declarations.annotations import containing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.context import Context
    from dashboard.points import Point
    from dashboard.release_data import ReleaseData
    from warehouse.declarations.annotations import Annotation
    from warehouse.declarations.models import Indicator

MARK = "†"


@dataclass(frozen=True, slots=True)
class PlaceNote:
    """A note as it is printed: the place and period, the text, and how far zones move."""

    label: str
    text: str


def place_notes(context: Context, periods: Iterable[str]) -> list[PlaceNote]:
    """Return the notes on the indicator of the page in some periods, in declared order."""
    wanted = set(periods)
    return [
        place_note(context, context.indicator, note)
        for note in notes_of(context.data, context.indicator)
        if note.period in wanted
    ]


def place_note(context: Context, indicator: Indicator, note: Annotation) -> PlaceNote:
    """Return a note on an indicator as it is printed."""
    return PlaceNote(_label(context, note), _text(context, indicator, note))


def notes_of(data: ReleaseData, indicator: Indicator) -> list[Annotation]:
    """Return the notes on an indicator whose value is in the release."""
    return [
        note
        for note in data.catalog.annotations
        if note.is_about(indicator) and _point(data, indicator, note.territory, note.period)
    ]


def moved_values(data: ReleaseData, indicator: Indicator) -> Mapping[tuple[str, str], Annotation]:
    """Return the note on each value that one concerns, by (territory, period).

    A note on a place also concerns its zone and the metropolitan city.
    """
    return data.once(_moved_values, indicator.id)


def _moved_values(data: ReleaseData, indicator: str) -> Mapping[tuple[str, str], Annotation]:
    territories = data.catalog.territories
    return {
        (code, note.period): note
        for note in reversed(notes_of(data, data.catalog.indicators[indicator]))
        for code in (*containing(territories[note.territory], territories), note.territory)
    }


def effect(container: Point, part: Point) -> float | None:
    """Return how far a part moves the value of its container; None where no ratio says so.

    The difference between the value with the part and the value without it.
    """
    if not (container.numerator and container.denominator and part.denominator):
        return None
    remaining = container.denominator - part.denominator
    if part.numerator is None or remaining <= 0:
        return None
    ratio_without = (container.numerator - part.numerator) / remaining
    return container.value * (1 - ratio_without / (container.numerator / container.denominator))


def _label(context: Context, note: Annotation) -> str:
    name = context.catalog.territories[note.territory].name
    return f"{name}, {context.format.period(note.period)}"


def _text(context: Context, indicator: Indicator, note: Annotation) -> str:
    text = context.translate(note.text)
    moves = ", ".join(_moves(context, indicator, note))
    return f"{text} {context.text('indicator.note_moves', moves=moves)}" if moves else text


def _moves(context: Context, indicator: Indicator, note: Annotation) -> list[str]:
    """Write how far the value moves each territory that contains it."""
    data, territories = context.data, context.catalog.territories
    part = _point(data, indicator, note.territory, note.period)
    if part is None or indicator.aggregate == "sum":
        return []
    texts = []
    for code in containing(territories[note.territory], territories):
        container = _point(data, indicator, code, note.period)
        difference = effect(container, part) if container else None
        if difference is not None:
            value = context.format.number(difference, indicator.decimals, signed=True)
            texts.append(f"{territories[code].name} {value}")
    return texts


def _point(data: ReleaseData, indicator: Indicator, territory: str, period: str) -> Point | None:
    line = data.series(indicator.id, territory)
    return line.point(period) if line else None
