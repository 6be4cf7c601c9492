"""Strict, frozen models of what a catalogue folder declares."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from warehouse.declarations.base import Declaration, Text
from warehouse.declarations.fields import Bounds, Period, VariableRef
from warehouse.declarations.sources import SourceFile
from warehouse.messages import field_error

Better = Literal["higher", "lower", "neither"]
Aggregate = Literal["ratio", "sum", "weighted_mean", "none"]
Align = Literal["same", "latest", "nearest"]


class Unit(Declaration):
    """How a value is written; `points` units change by points, the others by percent."""

    symbol: Text
    change: Literal["points", "percent", "absolute"]


class Target(Declaration):
    """A value to reach by a period, with the act that sets it."""

    period: Period
    value: float
    source: Text


class Indicator(Declaration):
    """One indicator; `numerator`, `denominator` and `weight` are `dataset.variable`.

    `ratio`: multiplier * sum(numerator) / sum(denominator). `weighted_mean`:
    sum(numerator * weight) / sum(weight). `sum`: sum(numerator). `none`: municipal
    values only. `align` says which period of the denominator or weight belongs to a
    period of the numerator: the same, the latest at or before it (a stock that holds until
    the next figure), or the nearest (from another period the value is E, estimated). `nominal`
    money is not corrected for prices: its change is told, but is neither better nor worse.
    """

    id: str
    area: str
    title: Text
    short: Text
    description: Text
    limits: Text | None = None
    unit: str
    decimals: int = Field(ge=0, le=4)
    better: Better
    nominal: bool = False
    aggregate: Aggregate
    numerator: VariableRef
    denominator: VariableRef | None = None
    weight: VariableRef | None = None
    align: Align = "same"
    multiplier: float = 1
    range: Bounds | None = None
    plausible: Bounds | None = None
    breaks: dict[Period, Text] = Field(default_factory=dict)
    target: Target | None = None
    candidate: str | None = None

    @model_validator(mode="after")
    def _parts_fit_the_aggregation(self) -> Indicator:
        if (self.aggregate == "ratio") != (self.denominator is not None):
            raise field_error("denominator_fits")
        if (self.aggregate == "weighted_mean") != (self.weight is not None):
            raise field_error("weight_fits")
        return self

    @property
    def variables(self) -> tuple[str, ...]:
        """The `dataset.variable` names that the indicator is computed from."""
        return tuple(v for v in (self.numerator, self.denominator, self.weight) if v)

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets that the indicator is computed from, numerator's first."""
        return tuple(dict.fromkeys(v.split(".")[0] for v in self.variables))


class Variable(Declaration):
    """One measure of a dataset; `additive` values of merged municipalities are summed.

    `constant`: each place has one figure that holds in every period, on purpose. `negative`:
    figures below zero are possible; else they are refused. `whole`: it counts; a fraction (of a
    thousands' point read wrongly) is refused. `weight`: the additive variable of the dataset by
    which rates of merged municipalities are averaged. `source`: who made what the dataset gathers.
    """

    title: Text
    unit: str
    additive: bool = True
    negative: bool = False
    whole: bool = False
    constant: bool = False
    weight: str | None = None
    source: Text | None = None


class Total(Declaration):
    """Variables of a dataset that make another up, or are never more than it: see the audits.

    `tolerance`: the share of the total by which their sum may differ. `coverage`: in each
    period, the places whose parts are all known are at least this share of the total (what the
    source suppresses is missing, and a sum without it says nothing).
    """

    parts: tuple[str, ...] = Field(min_length=1)
    relation: Literal["equal", "at_most"] = "equal"
    tolerance: float = Field(default=0, ge=0, lt=1)
    coverage: float = Field(default=0.9, ge=0, le=1)


class Dataset(Declaration):
    """A provider's dataset: who, where, under which licence, how often, how laid out.

    `demonstration`: some of its rows are invented, and are marked wherever they are seen.
    `release_months`: those in which the provider publishes, where it is known: `etl refresh
    --if-due` asks then, else by the cadence. `totals`: by the variable that is a total, its parts.
    """

    id: str
    title: Text
    provider: str
    attribution: Text
    address: str
    licence: str
    licence_address: str | None = None
    cadence: Literal["daily", "monthly", "quarterly", "half-yearly", "annual", "irregular"]
    release_months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = ()
    owner: str
    demonstration: bool = False
    note: Text | None = None
    variables: dict[str, Variable] = Field(default_factory=dict)
    totals: dict[str, Total] = Field(default_factory=dict)
    files: tuple[SourceFile, ...] = ()

    @property
    def feed(self) -> Literal["online", "folder", "none"]:
        """Where its figures come from: a provider's address, a folder of files, nowhere yet."""
        if any(file.fetch for file in self.files):
            return "online"
        return "folder" if self.files else "none"


class Correction(Declaration):
    """A known error of a provider, mended only while `expected` still stands in the file."""

    dataset: str
    variable: str
    territory: str
    period: Period
    expected: float
    corrected: float | None
    status: Literal["confirmed", "suspected"]
    reason: Text
