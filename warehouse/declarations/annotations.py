"""Annotations of single values: what is known about an indicator in one place and period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from warehouse.declarations.base import Declaration, Text
from warehouse.declarations.fields import Period

if TYPE_CHECKING:
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory


class Annotation(Declaration):
    """A note on the value of a place in a period, shown there and where it moves a zone."""

    subject: str = Field(
        description="An indicator, or a variable `dataset.variable` of several indicators."
    )
    territory: str = Field(description="Code of the territory.")
    period: Period = Field(description="Period of the value.")
    text: Text = Field(description="The note, such as “out of line, to be verified”.")

    def is_about(self, indicator: Indicator) -> bool:
        """Say whether the note concerns an indicator; one on a weight alone does not."""
        return self.subject in (indicator.id, indicator.numerator, indicator.denominator)


class Annotations(Declaration):
    """The file `annotations.yaml`."""

    annotations: tuple[Annotation, ...] = Field(default=(), description="Notes on single values.")


def containing(place: Territory, territories: dict[str, Territory]) -> tuple[str, ...]:
    """Return the territories whose values a place moves: its zone, then the metropolitan city."""
    codes = []
    while place.parent and place.level in ("municipality", "zone"):
        place = territories[place.parent]
        codes.append(place.territory)
    return tuple(codes)
