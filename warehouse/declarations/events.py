"""Events that a reader of a chart should know: what happened, when, to which indicators."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from warehouse.declarations.base import Declaration, Text
from warehouse.declarations.fields import Period


class Event(Declaration):
    """An event that may have moved indicators, marked on the time axis of each of them."""

    date: Period = Field(description="When it happened, as far as it is known.")
    title: Text = Field(description="What happened, in a few words.")
    indicators: tuple[str, ...] = Field(
        min_length=1, description="The indicators on whose charts it is marked."
    )
    source: Text = Field(description="The act or the publisher that says so.")
    address: str = Field(pattern=r"^https?://", description="Address of the source.")
    confidence: Literal["A", "B"] = Field(
        description="`A`: read in an official text; `B`: in a secondary one."
    )


class Events(Declaration):
    """The file `events.yaml`."""

    events: tuple[Event, ...] = Field(default=(), description="Events on charts.")
