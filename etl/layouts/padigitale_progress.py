"""How far PA digitale 2026 projects of municipalities are, rebuilt from the dates of each one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.aggregate import summed
from etl.parsing.dates import days
from etl.parsing.delimited import cells
from etl.parsing.layout import ParsedFile
from etl.projects.padigitale import (
    CALL,
    CHANGED,
    COPIED,
    FUNDED,
    KIND,
    PLACE,
    applications,
    of_municipalities,
)
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SENT, STATUS = "data_invio_candidatura", "stato_candidatura"
COLUMNS = [PLACE, CALL, COPIED, KIND, STATUS, SENT, FUNDED, CHANGED]
RENOUNCED, PAID = "R", "E"  # E: paid after the work was certified
HALF = "-07-01"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return what held at the end of each year since `options["first"]`.

    `options["calls"]`: for each variable the pattern of its `calls` and the `state` that it
    tells (0 or 1): `held`, a grant that is not renounced, or `completed`, one that is paid. A
    copy that ends in the second half of a year stands for its end, provisional (P); one that
    ends before says nothing of that year. For the variables' calls in `options["followed"]`
    together: `granted`, `renounced`, `held` and `completed` (projects). For every grant of the
    year: `grants` and `days` from application to grant. `municipalities`: 1. A municipality
    that never applied is not in the file and gets no value; a renunciation without its day
    counts from the start. `options["published"]`: the file is the provider's own.
    """
    rows, refused = applications(content, COLUMNS, published=options.get("published", False))
    rows = of_municipalities(rows)
    places = rows.drop_duplicates(PLACE)
    calls = {name: _of_call(rows, c["calls"]) for name, c in options["calls"].items()}
    first = options["first"]
    parts = [_delays(rows)]
    for name, chosen in calls.items():
        parts += _one_call(name, options["calls"][name]["state"], chosen, places, first)
    parts += _projects([calls[name] for name in options["followed"]], places, first)
    years = sorted({str(period) for part in parts for period in part["period"]})
    parts += [_of_places(places, year, "municipalities", 1.0, "A") for year in years]
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused))


def _of_call(rows: pd.DataFrame, pattern: str) -> pd.DataFrame:
    """Return the projects of some calls; raises `SourceError` where there is none."""
    found = rows[rows[CALL].str.contains(pattern)]
    if found.empty:
        raise SourceError(reject("word_missing", pattern.replace("\\", ""), column=CALL))
    return found


def _ends(rows: pd.DataFrame, first: int) -> Iterator[tuple[str, str, str]]:
    """Yield year, the day that stands for its end, and the status of its figures."""
    copy = str(rows[COPIED].min())
    for year in range(first, int(copy[:4]) + 1):
        end = f"{year}-12-31"
        if copy >= f"{year}{HALF}":
            yield str(year), min(end, copy), "A" if copy >= end else "P"


def _at(rows: pd.DataFrame, day: str) -> dict[str, pd.DataFrame]:
    """Return the projects that were granted, renounced, held and completed on a day."""
    granted = rows[rows[FUNDED] <= day]
    changed = granted[CHANGED] <= day  # a blank day is before every day
    renounced = (granted[STATUS] == RENOUNCED) & changed
    completed = (granted[STATUS] == PAID) & changed
    return {
        "granted": granted,
        "renounced": granted[renounced],
        "held": granted[~renounced],
        "completed": granted[completed],
    }


def _one_call(
    name: str, state: str, rows: pd.DataFrame, places: pd.DataFrame, first: int
) -> Iterator[pd.DataFrame]:
    for year, day, status in _ends(rows, first):
        has = places[PLACE].isin(_at(rows, day)[state][PLACE]).astype(float)
        yield _of_places(places, year, name, has, status)


def _projects(
    followed: list[pd.DataFrame], places: pd.DataFrame, first: int
) -> Iterator[pd.DataFrame]:
    rows = pd.concat(followed)
    for year, day, status in _ends(rows, first):
        for what, found in _at(rows, day).items():
            number = places[PLACE].map(found[PLACE].value_counts()).fillna(0).astype(float)
            yield _of_places(places, year, what, number, status)


def _delays(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the grants of each year and place, and the days that they took in all.

    From the year of the first copy on more grants may be missing: provisional (P).
    """
    took = (days(rows[FUNDED]) - days(rows[SENT].str[:10])).dt.days
    taken = rows.assign(days=took, grants=1.0, period=rows[FUNDED].str[:4])[took.notna()]
    found = summed(taken, ["days", "grants"], code=PLACE, column=FUNDED)
    is_complete = found["period"] < rows["snapshot"].min()[:4]
    return found.assign(obs_status=is_complete.map({True: "A", False: "P"}))


def _of_places(
    places: pd.DataFrame, year: str, variable: str, value: pd.Series[float] | float, status: str
) -> pd.DataFrame:
    return cells(
        places,
        code=places[PLACE],
        variable=variable,
        period=year,
        value=value,
        obs_status=status,
        column=STATUS,
    )
