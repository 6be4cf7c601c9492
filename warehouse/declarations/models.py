"""Models of units, indicators, datasets and corrections."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from warehouse.declarations.base import Declaration, Text
from warehouse.declarations.fields import Bounds, Period, VariableRef
from warehouse.declarations.sources import SourceFile
from warehouse.declarations.targets import Target
from warehouse.messages import field_error

Better = Literal["higher", "lower", "neither"]
Aggregate = Literal["ratio", "sum", "weighted_mean", "none"]
Align = Literal["same", "latest", "nearest"]
Cadence = Literal["daily", "monthly", "quarterly", "half-yearly", "annual", "irregular"]
Month = Annotated[int, Field(ge=1, le=12)]


class Unit(Declaration):
    """How values and their changes are written."""

    symbol: Text = Field(description="Written after a value.")
    change: Literal["points", "percent", "absolute"] = Field(
        description="How a change is written: in points, in percent, or in the unit itself."
    )


class Indicator(Declaration):
    """One indicator, computed from the variables of datasets."""

    id: str = Field(description="The file's name.")
    area: str = Field(description="Policy area: the name of the file's folder.")
    title: Text = Field(description="Full title.")
    short: Text = Field(description="Title for cards, about 30 letters.")
    description: Text = Field(description="What is counted, over what, in one sentence.")
    limits: Text | None = Field(
        default=None, description="What to know before comparing places or years."
    )
    family: str | None = Field(
        default=None,
        description=(
            "Of a near-duplicate: the indicator of the same area that stands for its family in "
            "counts, titles and lists of what is current."
        ),
    )
    unit: str = Field(description="A unit of `units.yaml`.")
    decimals: int = Field(ge=0, le=4, description="Decimals shown.")
    better: Better = Field(description="Which direction is good; `neither` is not judged.")
    nominal: bool = Field(
        default=False,
        description="Money not corrected for prices: its change is not judged good or bad.",
    )
    aggregate: Aggregate = Field(
        description=(
            "How municipalities make a zone: `ratio` = multiplier × Σ numerator ÷ Σ denominator; "
            "`weighted_mean` = Σ (numerator × weight) ÷ Σ weight; `sum`; `none` = municipal "
            "values only."
        )
    )
    numerator: VariableRef = Field(description="A variable, as `dataset.variable`.")
    denominator: VariableRef | None = Field(
        default=None, description="Of a `ratio`: a variable, as `dataset.variable`."
    )
    weight: VariableRef | None = Field(
        default=None, description="Of a `weighted_mean`: a variable, as `dataset.variable`."
    )
    exact: bool = Field(
        default=False,
        description=(
            "Of a `weighted_mean`: the weight is what the rates divide by, so that territories are "
            "exact rather than estimated."
        ),
    )
    align: Align = Field(
        default="same",
        description=(
            "Period of the denominator or weight: the `same`; the `latest` at or before it (a "
            "stock that holds until the next final figure); the `nearest` (the value is estimated)."
        ),
    )
    multiplier: float = Field(default=1, description="100 for a percentage.")
    range: Bounds | None = Field(
        default=None,
        description="What cannot be in any municipality of Italy: a value outside it is an error.",
    )
    plausible: Bounds | None = Field(
        default=None,
        description=(
            "A value outside it is reported for review, unless it is also within three quartile "
            "ranges of the quartiles of the indicator's municipalities."
        ),
    )
    breaks: dict[Period, Text] = Field(
        default_factory=dict, description="Breaks of the series: what changed, by period."
    )
    targets: tuple[Target, ...] = Field(
        default=(), description="Values to reach, legal minimums and references."
    )
    floor: float | None = Field(
        default=None,
        gt=0,
        description=(
            "Change a year below which the indicator is stable, in its unit; default: the larger "
            "of one unit of the last decimal and a tenth of the spread between zones."
        ),
    )
    candidate: str | None = Field(
        default=None, description="Code in the list of candidate indicators."
    )

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

    @cached_property
    def datasets(self) -> tuple[str, ...]:
        """The datasets that the indicator is computed from, the numerator's first."""
        return tuple(dict.fromkeys(v.split(".")[0] for v in self.variables))


class Variable(Declaration):
    """One measure of a dataset."""

    title: Text = Field(description="What is measured.")
    unit: str = Field(description="Unit of the figures.")
    additive: bool = Field(
        default=True, description="Figures of merged municipalities can be summed."
    )
    negative: bool = Field(default=False, description="Figures below zero are valid.")
    whole: bool = Field(
        default=False,
        description="A count: a fraction (such as a thousands separator read wrongly) is invalid.",
    )
    constant: bool = Field(
        default=False, description="Each place has one figure that holds in every period."
    )
    weight: str | None = Field(
        default=None,
        description="Additive variable of the dataset that weights rates of merged municipalities.",
    )
    source: Text | None = Field(
        default=None, description="Who produced the figures, if not the dataset's provider."
    )
    public_variable: bool | None = Field(
        default=None,
        description=(
            "A count whose municipal figures of one or two units may be published; default: the "
            "dataset's `public_variables`."
        ),
    )
    breaks: dict[Period, Text] = Field(
        default_factory=dict,
        description="Breaks of the series, inherited by every indicator made of the variable.",
    )


class Total(Declaration):
    """Parts of a variable, for the audits of sums."""

    parts: tuple[str, ...] = Field(min_length=1, description="Variables that are summed.")
    relation: Literal["equal", "at_most"] = Field(
        default="equal", description="Whether the sum equals the total or never exceeds it."
    )
    tolerance: float = Field(
        default=0, ge=0, lt=1, description="Share of the total by which the sum may differ."
    )
    coverage: float = Field(
        default=0.9,
        ge=0,
        le=1,
        description="Least share of the total, by period, whose parts are all present.",
    )


class Dataset(Declaration):
    """A provider's dataset and its files."""

    id: str = Field(description="The file's name.")
    title: Text = Field(description="Title of the dataset.")
    provider: str = Field(description="Who publishes it.")
    attribution: Text = Field(description="The credit that the provider asks for.")
    address: str = Field(description="Public page of the dataset.")
    licence: str = Field(description="Licence, as the provider names it.")
    licence_address: str | None = Field(default=None, description="Text of the licence.")
    cadence: Cadence = Field(description="How often the provider publishes.")
    release_months: tuple[Month, ...] = Field(
        default=(),
        description="Months of publication; `etl refresh --if-due` asks in these, else by cadence.",
    )
    owner: str = Field(description="The office that is responsible for it.")
    demonstration: bool = Field(
        default=False, description="Some rows are invented; they are marked wherever shown."
    )
    public_variables: bool = Field(
        default=False,
        description=(
            "The provider publishes its municipal counts one by one. Where it does not, figures "
            "of one or two units are not published, nor what they could be computed from."
        ),
    )
    note: Text | None = Field(
        default=None, description="What is missing, and how periods are to be read."
    )
    variables: dict[str, Variable] = Field(
        default_factory=dict, description="Measures of the dataset, by name."
    )
    totals: dict[str, Total] = Field(
        default_factory=dict, description="Parts of a variable that is a total, by its name."
    )
    breaks: dict[Period, Text] = Field(
        default_factory=dict, description="Breaks of the series of all its variables, by period."
    )
    files: tuple[SourceFile, ...] = Field(default=(), description="The provider's files.")

    def is_public(self, variable: str) -> bool:
        """Say whether municipal figures of one or two units of a variable may be published."""
        flag = self.variables[variable].public_variable
        return self.public_variables if flag is None else flag

    @property
    def feed(self) -> Literal["online", "folder", "none"]:
        """Where figures come from: a provider's address, a folder of files, nowhere yet."""
        if any(file.fetch for file in self.files):
            return "online"
        return "folder" if self.files else "none"


class Correction(Declaration):
    """A provider's known error, corrected only while the file still has the wrong figure."""

    dataset: str = Field(description="Dataset of the figure.")
    variable: str = Field(description="Variable of the figure.")
    territory: str = Field(description="Code of the municipality.")
    period: Period = Field(description="Period of the figure.")
    expected: float = Field(description="The wrong figure in the file.")
    corrected: float | None = Field(description="The right figure; null if unknown.")
    status: Literal["confirmed", "suspected"] = Field(
        description="Whether the provider confirmed the error."
    )
    reason: Text = Field(description="How the error is known.")


class Units(Declaration):
    """The file `units.yaml`."""

    units: dict[str, Unit] = Field(description="Units, by name.")


class Corrections(Declaration):
    """The file `corrections.yaml`."""

    corrections: tuple[Correction, ...] = Field(default=(), description="Known errors.")
