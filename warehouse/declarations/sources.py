"""Models of source files: where each is, how it is fetched and read."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from warehouse.declarations.base import Declaration
from warehouse.declarations.fields import PathBelow, Period
from warehouse.messages import field_error


class Http(Declaration):
    """A file at an address."""

    kind: Literal["http"] = Field(description="Fetched by HTTP.")
    address: str = Field(description="Address; `{year}` is the file's year.")
    member: str | None = Field(
        default=None, description="Of a ZIP archive: glob of the one file to extract."
    )
    accept: str | None = Field(default=None, description="Media type of the `Accept` header.")


class Sdmx(Declaration):
    """A query to an SDMX service; the answer is saved as SDMX-CSV, one row per figure."""

    kind: Literal["sdmx"] = Field(description="Fetched from an SDMX service.")
    address: str = Field(
        default="https://esploradati.istat.it/SDMXWS/rest",
        description="Address of the service, up to `/rest`.",
    )
    flow: str = Field(description="Dataflow.")
    key: str = Field(
        default="",
        description=(
            "Series key, such as `A.015146+015002.KILLINJ.F`; an empty dimension takes all values."
        ),
    )
    start: str | None = Field(
        default=None,
        pattern=r"^(\d{4}|\{year\})$",
        description="First year; earlier figures are dropped. May be `{year}`.",
    )
    end: str | None = Field(
        default=None,
        pattern=r"^(\d{4}|\{year\})$",
        description="Last year; later figures are dropped. May be `{year}`.",
    )
    format: Literal["csv", "xml"] = Field(
        default="csv", description="`xml` for a service without SDMX-CSV."
    )
    early_end: bool = Field(
        default=True,
        description="The service returns one period more than asked (Istat): ask for one less.",
    )


class Socrata(Declaration):
    """A table of a Socrata portal, fetched page by page and saved as one CSV or JSON file."""

    kind: Literal["socrata"] = Field(description="Fetched from a Socrata portal.")
    address: str = Field(
        pattern=r"\.(csv|json)$", description="Ends in `/resource/<id>.csv` or `.json`."
    )
    query: dict[str, str] = Field(
        default_factory=dict,
        description="SoQL clauses such as `$select` and `$where`; `{year}` is the file's year.",
    )
    order: str = Field(
        default=":id",
        description="Order that keeps pages from overlapping: `:id`, or the columns of `$group`.",
    )
    page: int = Field(default=10_000, ge=1, le=50_000, description="Rows per page.")


Fetch = Annotated[Http | Sdmx | Socrata, Field(discriminator="kind")]
Origin = Literal["shipped", "office", "fetched", "folder"]
SHIPPED_PREFIX = "shipped:"  # begins the path of a file that ships with `etl`
OFFICE_PREFIX = "office:"  # begins the path of a workbook loaded by `etl load`


class SourceFile(Declaration):
    """A provider's file: where it is and how to read it.

    A file with `fetch` is looked for below the folder of fetched files and, by its path or its
    name, below the folder of `etl refresh --from`; until it is there it counts as "not loaded
    yet". Its figures take precedence over the same ones of the dataset's other files.
    """

    path: PathBelow = Field(
        description=(
            "Glob below the folder of `etl refresh --from`; `{year}` stands for each of `years`. "
            "`shipped:` begins a file that ships with `etl`, `office:` a workbook loaded by "
            "`etl load`. With `fetch`, a plain path."
        )
    )
    years: tuple[int, ...] = Field(
        default=(), description="Years of the files; a year without its file is reported."
    )
    layout: str = Field(description="Module of `etl/layouts` that parses the file.")
    period: Period | None = Field(
        default=None, description="Period of the figures, if the file does not state it."
    )
    address: str | None = Field(
        default=None, description="Address of this file; default: the dataset's."
    )
    options: dict[str, Any] = Field(default_factory=dict, description="Options of the layout.")
    companions: dict[str, PathBelow] = Field(
        default_factory=dict,
        description="Files that complete this one, by the name the layout uses.",
    )
    fetch: Fetch | None = Field(
        default=None, description="How `etl refresh --online` gets the file."
    )
    nationwide: bool = Field(
        default=False,
        description=(
            "The file has every municipality of the country: sums of additive variables are also "
            "figures of the region and the country."
        ),
    )
    regional: bool = Field(
        default=False,
        description=(
            "The file has every municipality of the region: sums of additive variables are also "
            "figures of the region."
        ),
    )
    by_name: bool = Field(
        default=False,
        description="Municipalities are given by name; the layout must keep one province only.",
    )
    zoned: bool = Field(
        default=False,
        description="The layout needs the zones (`zone_of`) and mergers (`merged_into`).",
    )
    at_least: int = Field(
        default=0, ge=0, description="Least number of places; a file with fewer is cut off."
    )
    lists: bool = Field(
        default=False, description="The layout needs the choices of the workbook's lists."
    )
    fills: bool = Field(
        default=False, description="Figures of other files take precedence over the same ones."
    )
    status: Literal["E", "P"] | None = Field(
        default=None,
        description=(
            "The status of all figures that the file gives as final: `E` estimated, "
            "`P` provisional."
        ),
    )

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
        """The globs to look for: one, or one per year."""
        return tuple(self.path.replace("{year}", str(y)) for y in self.years) or (self.path,)

    @property
    def periods(self) -> tuple[Period | None, ...]:
        """The period of the file of each of `paths`, as far as the declaration says."""
        return tuple(self.period or str(y) for y in self.years) or (self.period,)

    @property
    def origin(self) -> Origin:
        """Where the file is looked for."""
        if self.path.startswith(SHIPPED_PREFIX):
            return "shipped"
        if self.path.startswith(OFFICE_PREFIX):
            return "office"
        return "fetched" if self.fetch else "folder"
