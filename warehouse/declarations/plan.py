"""Strict, frozen models of the plan: its cycles, framework, acts, process and agendas."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from warehouse.declarations.base import Declaration, Text
from warehouse.declarations.fields import Period
from warehouse.messages import field_error

# How a node or project goes on in the next cycle.
Continuation = Literal["continues", "splits", "merges", "drops"]
# How a fact of the plan is known: read in a public source, or remembered and to be verified.
Certainty = Literal["public", "to_verify"]


class Objective(Declaration):
    """What an agenda or a node wants to reach; invented ones say so."""

    title: Text
    demonstration: bool = False


class Node(Declaration):
    """A node of a plan cycle's framework; `indicators`' folder name = its id.

    `headlines`: the indicators that stand for it, the first of them also in the matrix.
    """

    id: str
    type: str
    title: Text
    short: Text | None = None
    parent: str | None = None
    territory: str | None = None
    objectives: tuple[Objective, ...] = ()
    headlines: tuple[str, ...] = ()
    address: str | None = None


class Act(Declaration):
    """A formal act of a cycle; `day` as far as it is known (`2018-02`)."""

    id: str
    kind: Literal["guidelines", "adoption", "opinion", "approval", "forum", "other"]
    title: Text
    day: Period | None = None
    body: Text | None = None
    number: str | None = None
    address: str | None = None
    certainty: Certainty = "public"


class Event(Declaration):
    """A step of the plan's process; `start` and `end` as far as they are known (`2018-02`)."""

    id: str
    phase: Literal["guidelines", "knowledge", "internal", "meetings", "table", "return", "approval"]
    title: Text
    summary: Text | None = None
    start: Period | None = None
    end: Period | None = None
    territory: str | None = None
    participants: tuple[Text, ...] = ()
    demonstration: bool = False
    address: str | None = None


class Cycle(Declaration):
    """A plan cycle with its framework of typed nodes, its acts and its process.

    One file of the folder `cycles` each; the file's name is the id. `spine`: the type of node
    that the indicators belong to, each with a page of its own.
    """

    id: str
    title: Text
    start: int
    end: int
    current: bool = False
    spine: str = "policy_area"
    framework: tuple[Node, ...]
    acts: tuple[Act, ...] = ()
    process: tuple[Event, ...] = ()


class Crossing(Declaration):
    """How a node of one cycle goes on in another; a node that is dropped goes to none.

    The link is the office's (or the project's own) reading unless `source` names who says so.
    """

    before: str
    node: str
    after: str
    to: str | None = None
    kind: Continuation
    demonstration: bool = False
    source: str | None = None


class Plan(Declaration):
    """The plan: body, cycles, how they go on, sources of what is said here.

    `words`: what this body calls things, by key of the interface's words (`nav.areas`, `metro`);
    the places in braces of the words that they stand in for may be used.
    """

    title: Text
    body: Text
    cycles: tuple[Cycle, ...]
    crosswalk: tuple[Crossing, ...] = ()
    sources: tuple[str, ...] = ()
    words: dict[str, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_is_current(self) -> Plan:
        if sum(c.current for c in self.cycles) != 1:
            raise field_error("one_current")
        return self

    @property
    def current(self) -> Cycle:
        """The cycle that the dashboard shows by default."""
        return next(c for c in self.cycles if c.current)
