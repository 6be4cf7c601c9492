"""Source files: where each is, how it is fetched, how it is laid out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from warehouse.declarations.base import Declaration
from warehouse.declarations.fields import PathBelow, Period
from warehouse.messages import field_error


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
    query: dict[str, str] = Field(default_factory=dict)
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
    options: dict[str, Any] = Field(default_factory=dict)
    beside: dict[str, PathBelow] = Field(default_factory=dict)
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
            raise field_error("years_fit")
        if self.fetch and not self.years and "{year}" in self.fetch.model_dump_json():
            raise field_error("fetch_by_year")
        if self.fetch and any(sign in self.path for sign in "*?[:"):
            raise field_error("fetch_one_path")
        return self

    @model_validator(mode="after")
    def _names_are_of_one_province(self) -> SourceFile:
        if (self.nationwide or self.regional) and self.by_name:
            raise field_error("nationwide_by_code")
        return self

    @property
    def paths(self) -> tuple[str, ...]:
        """The globs to look for: one, or one a year."""
        return tuple(self.path.replace("{year}", str(y)) for y in self.years) or (self.path,)

    @property
    def periods(self) -> tuple[Period | None, ...]:
        """The period of the file of each of `paths`, as far as the declaration says."""
        return tuple(self.period or str(y) for y in self.years) or (self.period,)
