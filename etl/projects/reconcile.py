"""One work from several files: the most recent statement counts.

Each file describes a work on its day. All extractions and payments stay; each of the work's own
facts is the newest that a file has; its places, money, bodies and areas are those of the newest
file that has any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from etl.projects.funded_works import (
    CENT,
    REVOKED,
    UNSPECIFIED,
    with_titles,
    without_given_titles,
)
from warehouse.schema.conform import conform
from warehouse.schema.input_tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Inputs = dict[str, pa.Table]

# The unit that a newer file replaces, where it is not the whole work: other units are added.
UNITS = {"payment": ["project", "period"], "procedure": ["project", "cig"]}
ALL_STAY = {"extraction"}
DAY, PART = "_day", "_part"


def merged(parts: Sequence[Inputs]) -> list[Inputs]:
    """Return `parts` without an older file's statements on the funded works of a newer one.

    The order of `parts` decides between files of the same day. Projects of the plan do not
    change.
    """
    days = _days(parts)
    if days.empty or days["project"].is_unique:
        return list(parts)
    several = set(days.loc[days["project"].duplicated(), "project"])
    remaining: list[Inputs] = [dict(part) for part in parts]
    reconciled: Inputs = {}
    for name in INPUTS:
        having = [n for n, part in enumerate(parts) if name in part]
        if name in ALL_STAY or not having or "project" not in INPUTS[name].schema.names:
            continue
        rows = _rows(name, parts, having, days, several)
        if rows.empty:
            continue
        for n in having:
            table = parts[n][name]
            is_several = table["project"].to_pandas().isin(list(several))
            remaining[n][name] = table.filter(pa.array(~is_several))
        newest = _newest_facts(rows) if name == "project" else _newest_rows(name, rows)
        reconciled[name] = _table(name, newest)
    return [reconciled, *remaining]


def _days(parts: Iterable[Inputs]) -> pd.DataFrame:
    """Return which part has which funded work, and on which day."""
    columns = ["project", "extracted", PART]
    frames = []
    for n, part in enumerate(parts):
        if "project" in part and part["project"].num_rows:
            projects = part["project"].to_pandas()
            funded = projects[projects["level"] == "funded"]
            frames.append(funded.assign(**{PART: n})[columns])
    days = pd.concat(frames) if frames else pd.DataFrame(columns=columns)
    return days.rename(columns={"extracted": DAY})


def _rows(
    name: str, parts: Sequence[Inputs], having: list[int], days: pd.DataFrame, several: set[str]
) -> pd.DataFrame:
    """Return the rows of works in several files, those of the newest first."""
    frames = [parts[n][name].to_pandas().assign(**{PART: n}) for n in having]
    rows = pd.concat([f[f["project"].isin(list(several))] for f in frames], ignore_index=True)
    dated: pd.DataFrame = rows.merge(days, on=["project", PART], how="left")
    return dated.sort_values([DAY, PART], ascending=[False, True], kind="stable")


def _newest_rows(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    unit = UNITS.get(name, ["project"])
    is_newest = rows.groupby(unit)[PART].transform("first") == rows[PART]
    newest: pd.DataFrame = rows[is_newest]
    return _with_sources(newest, rows[~is_newest]) if name == "funding_line" else newest


def _newest_facts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row per work: each fact from the newest file that has it.

    A work that was revoked and that a newer file still has was not revoked.
    """
    is_newest = rows.groupby("project")[PART].transform("first") == rows[PART]
    taken_back = (rows["state"] == REVOKED) & ~is_newest
    rows = rows.assign(**{n: rows[n].mask(taken_back) for n in ("state", "phase", "actual_end")})
    works = rows.groupby("project", as_index=False, sort=False).first()
    titles = without_given_titles(rows).groupby("project", sort=False)["title_it"].first()
    return with_titles(works.assign(title_it=works["project"].map(titles)))


def _with_sources(lines: pd.DataFrame, older: pd.DataFrame) -> pd.DataFrame:
    """Split unspecified money by the sources of an older file, where those do not exceed it."""
    unspecified = lines[lines["source"] == UNSPECIFIED].set_index("project")["amount"]
    split = older[
        ~older["source"].isin(["pnrr", UNSPECIFIED]) & older["project"].isin(unspecified.index)
    ]
    split = split[split[PART] == split.groupby("project")[PART].transform("first")]
    sums = split.groupby("project")["amount"].sum().reindex(unspecified.index, fill_value=0.0)
    fits = sums[(sums > 0) & (sums <= unspecified + CENT)]
    split = split[split["project"].isin(fits.index)]
    specified = lines["project"].map(fits).where(lines["source"] == UNSPECIFIED).fillna(0.0)
    lines = lines.assign(amount=lines["amount"] - specified)
    lines = lines[(lines["source"] != UNSPECIFIED) | (lines["amount"] >= CENT)]
    key = ["project", "source"]
    is_repeated = pd.MultiIndex.from_frame(split[key]).isin(pd.MultiIndex.from_frame(lines[key]))
    return pd.concat([lines, split[~is_repeated]])


def _table(name: str, rows: pd.DataFrame) -> pa.Table:
    columns = [c for c in rows if c not in (DAY, PART)]
    return conform(name, pa.Table.from_pandas(rows[columns], preserve_index=False))
