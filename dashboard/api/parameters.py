"""Parameters of the API's routes; one that a route does not have is an error."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

from dashboard.selection import DEFAULTS


class ReleaseParameters(BaseModel):
    """What every route has."""

    model_config = ConfigDict(extra="forbid")

    release: str | None = Field(None, description="A release; by default the published one.")


class LanguageParameters(ReleaseParameters):
    """Of a route whose answer has texts."""

    lang: Literal["it", "en"] = Field("it", description="The language of names and notes.")


class CsvParameters(LanguageParameters):
    """Of a route that gives CSV."""

    style: Literal["it", "int"] = Field(
        "int",
        description="`it`: as Excel in Italian opens it, with Italian column names and rounded.",
    )


class StatusParameters(LanguageParameters):
    """Of the list of statuses."""

    area: str | None = Field(None, description="A policy area; by default all of them.")
    territory: str | None = Field(None, description="Codes, separated by commas; by default all.")


class PartsParameters(ReleaseParameters):
    """Of the route for the figures that make one value."""

    territory: str
    period: str


class DriversParameters(ReleaseParameters):
    """Of the route that splits a change into its municipalities."""

    territory: str
    before: str = Field(description="The first of the two periods.")
    after: str
    lang: Literal["it", "en"] = "it"


class DriversCsvParameters(CsvParameters, DriversParameters):
    """Of the same split as CSV."""


class SearchParameters(ReleaseParameters):
    """Of the search: the question, and what the addresses of its answers keep."""

    q: str
    lang: str | None = None
    theme: str | None = None


class PageParameters(LanguageParameters):
    """Of a route that selects what the page of the same query selects."""

    @model_validator(mode="before")
    @classmethod
    def _drop_what_changes_only_the_page(cls, values: dict[str, Any]) -> dict[str, Any]:
        of_page = DEFAULTS.keys() - {"path"} - cls.model_fields.keys()
        return {name: value for name, value in values.items() if name not in of_page}


class PageCsvParameters(CsvParameters, PageParameters):
    """Of a route that gives what a page selects as CSV."""


class FeedParameters(BaseModel):
    """Of a feed: what it is about, always of the newest releases."""

    model_config = ConfigDict(extra="forbid")

    lang: Literal["it", "en"] | None = Field(None, description="The language of the entries.")
    area: str | None = None
    territory: str | None = None
    indicator: str | None = None
    project: str | None = None


class WorksParameters(PageCsvParameters):
    """Of the funded works: what the address of their page may have, so that both select alike."""

    territory: str | None = Field(None, description="Codes, separated by commas; the last counts.")
    area: str | None = Field(None, description="A policy area; `none`: works without one.")
    state: str | None = None
    source: str | None = Field(None, description="A dataset.")
    text: str | None = Field(None, description="Words of the title.")
    body: str | None = None
    place: str | None = None
    measure: str | None = None
    funding_from: str | None = None
    funding_to: str | None = None
    paid_from: str | None = None
    paid_to: str | None = None
    share_from: str | None = None
    share_to: str | None = None
    sort: str | None = Field(None, description="A column; with `-` before it, the largest first.")


ReleaseQuery = Annotated[ReleaseParameters, Query()]
LanguageQuery = Annotated[LanguageParameters, Query()]
CsvQuery = Annotated[CsvParameters, Query()]
StatusQuery = Annotated[StatusParameters, Query()]
PartsQuery = Annotated[PartsParameters, Query()]
DriversQuery = Annotated[DriversParameters, Query()]
DriversCsvQuery = Annotated[DriversCsvParameters, Query()]
SearchQuery = Annotated[SearchParameters, Query()]
PageCsvQuery = Annotated[PageCsvParameters, Query()]
FeedQuery = Annotated[FeedParameters, Query()]
PageQuery = Annotated[PageParameters, Query()]
WorksQuery = Annotated[WorksParameters, Query()]
