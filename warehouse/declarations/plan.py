"""Models of the plan: cycles, framework, acts, process and crosswalk."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from warehouse.declarations.base import Declaration, Text
from warehouse.declarations.fields import Period
from warehouse.messages import field_error

Continuation = Literal["continues", "splits", "merges", "drops"]
Certainty = Literal["public", "to_verify"]


class Objective(Declaration):
    """An objective of a node."""

    title: Text = Field(description="The objective.")
    demonstration: bool = Field(default=False, description="The objective is invented.")


class Node(Declaration):
    """A node of a cycle's framework, such as a policy area or a zone's agenda."""

    id: str = Field(description="Identifier; of a policy area, also its folder of indicators.")
    type: str = Field(description="Kind of node, such as `policy_area` or `zone_agenda`.")
    title: Text = Field(description="Full title.")
    short: Text | None = Field(default=None, description="Title for menus and cards.")
    parent: str | None = Field(default=None, description="Node above it in the same cycle.")
    territory: str | None = Field(default=None, description="Zone that the node is about.")
    objectives: tuple[Objective, ...] = Field(default=(), description="Objectives, in order.")
    headlines: tuple[str, ...] = Field(
        default=(), description="Main indicators; the first is also in the matrix."
    )
    address: str | None = Field(default=None, description="Public page.")


class Act(Declaration):
    """A formal act of a cycle."""

    id: str = Field(description="Identifier.")
    kind: Literal["guidelines", "adoption", "opinion", "approval", "forum", "other"] = Field(
        description="Kind of act."
    )
    title: Text = Field(description="Title of the act.")
    day: Period | None = Field(
        default=None, description="Day, or the month or year if no more is known."
    )
    body: Text | None = Field(default=None, description="The body that passed it.")
    number: str | None = Field(default=None, description="Number of the act.")
    address: str | None = Field(default=None, description="Public page.")
    certainty: Certainty = Field(
        default="public", description="Read in a public source, or still to be verified."
    )


class Event(Declaration):
    """An event of the plan's process."""

    id: str = Field(description="Identifier.")
    phase: Literal[
        "guidelines", "knowledge", "internal", "meetings", "table", "return", "approval"
    ] = Field(description="Phase of the process.")
    title: Text = Field(description="Title of the event.")
    summary: Text | None = Field(default=None, description="What it was about.")
    start: Period | None = Field(
        default=None, description="First day, or the month or year if no more is known."
    )
    end: Period | None = Field(
        default=None, description="Last day, or the month or year if no more is known."
    )
    territory: str | None = Field(default=None, description="Zone that it was about.")
    participants: tuple[Text, ...] = Field(default=(), description="Who took part.")
    demonstration: bool = Field(default=False, description="The event is invented.")
    address: str | None = Field(default=None, description="Public page.")


class Cycle(Declaration):
    """A cycle of the plan."""

    id: str = Field(description="The file's name.")
    title: Text = Field(description="Title of the cycle.")
    start: int = Field(description="First year.")
    end: int = Field(description="Last year.")
    current: bool = Field(default=False, description="Shown by default; exactly one cycle is.")
    spine: str = Field(
        default="policy_area",
        description="Type of node that indicators belong to; each such node has a page.",
    )
    framework: tuple[Node, ...] = Field(description="Nodes, in order.")
    acts: tuple[Act, ...] = Field(default=(), description="Formal acts.")
    process: tuple[Event, ...] = Field(default=(), description="Events, in order.")


class Crossing(Declaration):
    """How a node of one cycle continues in another."""

    before: str = Field(description="Earlier cycle.")
    node: str = Field(description="Node of the earlier cycle.")
    after: str = Field(description="Later cycle.")
    to: str | None = Field(
        default=None, description="Node of the later cycle; none if the node is dropped."
    )
    kind: Continuation = Field(description="How the node continues.")
    demonstration: bool = Field(default=False, description="The link is invented.")
    source: str | None = Field(
        default=None, description="Who states the link; without it, it is the office's reading."
    )


class Plan(Declaration):
    """The plan, its cycles and how they continue."""

    title: Text = Field(description="Title of the plan.")
    body: Text = Field(description="The body whose plan it is.")
    cycles: tuple[Cycle, ...] = Field(description="The files of the folder `cycles`.")
    crosswalk: tuple[Crossing, ...] = Field(
        default=(), description="How nodes continue from cycle to cycle."
    )
    sources: tuple[str, ...] = Field(default=(), description="Sources of this file.")
    words: dict[str, Text] = Field(
        default_factory=dict,
        description=(
            "The body's own terms, by key of the interface's texts (`nav.areas`, `metro`); they "
            "may use the placeholders in braces of the text that they replace."
        ),
    )

    @model_validator(mode="after")
    def _one_is_current(self) -> Plan:
        if sum(c.current for c in self.cycles) != 1:
            raise field_error("one_current")
        return self

    @property
    def current(self) -> Cycle:
        """The cycle that the dashboard shows by default."""
        return next(c for c in self.cycles if c.current)
