"""Strict, frozen models of what a catalogue folder declares."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from warehouse.declarations.fields import Bounds, PathBelow, Period, VariableRef
from warehouse.wrong_fields import wrong

Better = Literal["higher", "lower", "neither"]
Aggregate = Literal["ratio", "sum", "weighted_mean", "none"]
Align = Literal["same", "latest", "nearest"]


class Declaration(BaseModel):
    """Base of every model: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Text(Declaration):
    """The same words in Italian and English."""

    it: str
    en: str

    def in_(self, language: str) -> str:
        """Return the words in `language` (`it` or `en`)."""
        return self.en if language == "en" else self.it


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
    breaks: dict[Period, Text] = {}
    target: Target | None = None
    candidate: str | None = None

    @model_validator(mode="after")
    def _parts_fit_the_aggregation(self) -> Indicator:
        if (self.aggregate == "ratio") != (self.denominator is not None):
            raise wrong("denominator_fits")
        if (self.aggregate == "weighted_mean") != (self.weight is not None):
            raise wrong("weight_fits")
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


class Http(Declaration):
    """A file at an address; `{year}` in it is the file's year.

    `member`: the glob of the one file to take out of the ZIP that comes. `accept`: the type to
    ask for, where the provider wants to hear it.
    """

    kind: Literal["http"]
    address: str
    member: str | None = None
    accept: str | None = None


class Sdmx(Declaration):
    """A query to an SDMX service; what comes is written as SDMX-CSV, one row a figure.

    `address`: the service's, up to `/rest`. `flow`: the dataflow. `key`: its series, such as
    `A.015146+015002.KILLINJ.F` (an empty place takes all). `start` and `end` (years, both
    taken in) bound the periods: what comes outside them is dropped, and a year within them that
    does not come is told; with `years` on the file they may say `"{year}"`. `format`: `csv`, or
    `xml` for a service that has no SDMX-CSV. `early_end`: the service gives one period more
    than asked (Istat): it is asked for one less.
    """

    kind: Literal["sdmx"]
    address: str = "https://esploradati.istat.it/SDMXWS/rest"
    flow: str
    key: str = ""
    start: str | None = Field(default=None, pattern=r"^(\d{4}|\{year\})$")
    end: str | None = Field(default=None, pattern=r"^(\d{4}|\{year\})$")
    format: Literal["csv", "xml"] = "csv"
    early_end: bool = True


class Socrata(Declaration):
    """A table of a Socrata portal, page after page, written as one CSV or JSON list.

    `address` ends in `/resource/<id>.csv` (or `.json`). `query`: SoQL clauses such as
    `$select`, `$where`, `$group`, whose `{year}` is the file's year. `order`: what keeps pages
    from overlapping: `:id`, or the columns of `$group`. `page`: rows a page.
    """

    kind: Literal["socrata"]
    address: str = Field(pattern=r"\.(csv|json)$")
    query: dict[str, str] = {}
    order: str = ":id"
    page: int = Field(default=10_000, ge=1, le=50_000)


Fetch = Annotated[Http | Sdmx | Socrata, Field(discriminator="kind")]


class SourceFile(Declaration):
    """Which file of the provider, how it is laid out, and the period it speaks of.

    `path` is a glob below the folder given to `etl refresh --from`; `{year}` in it stands for
    each of `years`, and a year without its file is told; the year is the file's `period`, if
    the file does not say itself which it speaks of. `options` go to the layout's `parse` as they
    are; `address` overrides the dataset's. `beside` names further files that complete this one:
    the layout finds the bytes of those that are there in `options["beside"]`. A path that starts
    with `shipped:` is a file that ships with `etl`.

    `fetch` says how `etl refresh --online` gets the file. Such a file is never looked for in
    the folder of `--from`: it is at `path` (a plain path) below the folder of fetched files, and
    until it was fetched it is "not loaded yet", which is no fault. Its figures count before the
    same ones of the dataset's other files.

    `nationwide`: the file has every municipality of the country (so its layout must not keep
    one province only): the sums of its additive variables are also figures of the region and
    the country. `regional`: it has every municipality of the region, but not of the country:
    the sums are figures of the region only. `by_name`: what the layout gives as code is the name
    of the municipality; the layout has to keep one province only, as names are unique within it.
    `zoned`: the layout finds in `options` the zone of each municipality by its six digits
    (`zone_of`), and what merged ones became (`merged_into`). `lists`: it finds in
    `options["lists"]` what people choose from in a workbook. `at_least`: how many places a whole
    file has; with fewer it is refused as cut off. `fills`: of the same figures other files' count.

    A path that starts with `office:` is a workbook that the office loaded (`etl load`); without
    it what ships with the project counts, and that is no fault.
    """

    path: PathBelow
    years: tuple[int, ...] = ()
    layout: str
    period: Period | None = None
    address: str | None = None
    options: dict[str, Any] = {}
    beside: dict[str, PathBelow] = {}
    fetch: Fetch | None = None
    nationwide: bool = False
    regional: bool = False
    by_name: bool = False
    zoned: bool = False
    at_least: int = Field(default=0, ge=0)
    lists: bool = False
    fills: bool = False

    @model_validator(mode="after")
    def _years_fit_the_path(self) -> SourceFile:
        if bool(self.years) != ("{year}" in self.path):
            raise wrong("years_fit")
        if self.fetch and not self.years and "{year}" in self.fetch.model_dump_json():
            raise wrong("fetch_by_year")
        if self.fetch and any(sign in self.path for sign in "*?[:"):
            raise wrong("fetch_one_path")
        return self

    @model_validator(mode="after")
    def _names_are_of_one_province(self) -> SourceFile:
        if (self.nationwide or self.regional) and self.by_name:
            raise wrong("nationwide_by_code")
        return self

    @property
    def paths(self) -> tuple[str, ...]:
        """The globs to look for: one, or one a year."""
        return tuple(self.path.replace("{year}", str(y)) for y in self.years) or (self.path,)

    @property
    def periods(self) -> tuple[Period | None, ...]:
        """The period of the file of each of `paths`, as far as the declaration says."""
        return tuple(self.period or str(y) for y in self.years) or (self.period,)


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
    variables: dict[str, Variable] = {}
    totals: dict[str, Total] = {}
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
