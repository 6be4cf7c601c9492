"""Progress of municipalities' PA digitale 2026 projects, reconstructed from each one's dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd
from pydantic import Field

from etl.parsing.aggregate import sum_cells
from etl.parsing.cells import to_cells
from etl.parsing.dates import days
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile
from etl.projects.padigitale import (
    CALL,
    CHANGED,
    COPIED,
    FUNDED,
    KIND,
    PAID,
    PLACE,
    RENOUNCED,
    STATUS,
    applications,
    of_municipalities,
)
from etl.quarantine import reject
from warehouse.declarations.base import Declaration
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

SENT = "data_invio_candidatura"
COLUMNS = [PLACE, CALL, COPIED, KIND, STATUS, SENT, FUNDED, CHANGED]
MID_YEAR = "-07-01"


class Calls(Declaration):
    """Some calls, and the state of their projects that a variable describes (0 or 1)."""

    calls: str = Field(description="Pattern that the names of the calls contain.")
    state: Literal["held", "completed"] = Field(
        description="`held`: a grant that is not renounced; `completed`: one that is paid."
    )


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    first: int = Field(description="First year with figures.")
    calls: dict[str, Calls] = Field(description="By variable: its calls and their state.")
    followed: tuple[str, ...] = Field(
        description="The variables of `calls` whose projects are counted together."
    )
    published: bool = Field(default=False, description="The file is the provider's own.")


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return the state at the end of each year since `first`.

    The variables of `calls`, 0 or 1. A copy that ends in the second half of a year stands for
    its end, provisional (P); one that ends before says nothing about that year. For the calls
    that are `followed`, together: `granted`, `renounced`, `held` and `completed` (projects). For
    every grant of the year: `grants` and `days` from application to grant. `municipalities`: 1.
    A municipality that never applied is not in the file and gets no value; a renunciation
    without its day counts from the start.
    """
    rows, rejected = applications(content, COLUMNS, published=options.published)
    rows = of_municipalities(rows)
    places = rows.drop_duplicates(PLACE)
    by_variable = {name: _of_calls(rows, calls.calls) for name, calls in options.calls.items()}
    parts = [_delays(rows)]
    for name, projects in by_variable.items():
        parts += _states(name, options.calls[name].state, projects, places, options.first)
    followed = pd.concat([by_variable[name] for name in options.followed])
    parts += _counts(followed, places, options.first)
    years = sorted({str(period) for part in parts for period in part["period"]})
    parts += [_cells(places, year, "municipalities", 1.0, "A") for year in years]
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected))


def _of_calls(rows: pd.DataFrame, pattern: str) -> pd.DataFrame:
    """Return the projects of some calls; raises `SourceError` where there are none."""
    projects = rows[rows[CALL].str.contains(pattern)]
    if projects.empty:
        raise SourceError(reject("word_missing", pattern.replace("\\", ""), column=CALL))
    return projects


def _year_ends(rows: pd.DataFrame, first: int) -> Iterator[tuple[str, str, str]]:
    """Yield each year, the day that stands for its end, and the status of its figures."""
    copied = str(rows[COPIED].min())
    for year in range(first, int(copied[:4]) + 1):
        end = f"{year}-12-31"
        if copied >= f"{year}{MID_YEAR}":
            yield str(year), min(end, copied), "A" if copied >= end else "P"


def _by_state(rows: pd.DataFrame, day: str) -> dict[str, pd.DataFrame]:
    """Return the projects that were granted, renounced, held and completed on a day."""
    granted = rows[rows[FUNDED] <= day]
    is_changed = granted[CHANGED] <= day  # a blank day is before every day
    is_renounced = (granted[STATUS] == RENOUNCED) & is_changed
    is_completed = (granted[STATUS] == PAID) & is_changed
    return {
        "granted": granted,
        "renounced": granted[is_renounced],
        "held": granted[~is_renounced],
        "completed": granted[is_completed],
    }


def _states(
    variable: str, state: str, rows: pd.DataFrame, places: pd.DataFrame, first: int
) -> Iterator[pd.DataFrame]:
    """Yield by year whether each place has a project in a state."""
    for year, day, status in _year_ends(rows, first):
        has_project = places[PLACE].isin(_by_state(rows, day)[state][PLACE]).astype(float)
        yield _cells(places, year, variable, has_project, status)


def _counts(rows: pd.DataFrame, places: pd.DataFrame, first: int) -> Iterator[pd.DataFrame]:
    """Yield by year and state how many projects each place has."""
    for year, day, status in _year_ends(rows, first):
        for state, projects in _by_state(rows, day).items():
            count = places[PLACE].map(projects[PLACE].value_counts()).fillna(0).astype(float)
            yield _cells(places, year, state, count, status)


def _delays(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the grants of each year and place, and the sum of the days that they took.

    From the year of the first copy on, more grants may be missing: provisional (P).
    """
    duration = (days(rows[FUNDED]) - days(rows[SENT].str[:10])).dt.days
    grants = rows.assign(days=duration, grants=1.0, period=rows[FUNDED].str[:4])
    cells = sum_cells(grants[duration.notna()], ["days", "grants"], code=PLACE, column=FUNDED)
    is_complete = cells["period"] < rows[COPIED].min()[:4]
    return cells.assign(obs_status=is_complete.map({True: "A", False: "P"}))


def _cells(
    places: pd.DataFrame, year: str, variable: str, value: pd.Series[float] | float, status: str
) -> pd.DataFrame:
    return to_cells(
        places,
        code=places[PLACE],
        variable=variable,
        period=year,
        value=value,
        obs_status=status,
        column=STATUS,
    )
