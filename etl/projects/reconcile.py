"""The same funded work in several files is one work: the most recent says what counts.

Each file says of a work what it knows on its day. What stays of all of them is every extraction
and every payment; of the work's own facts the newest that are told; of its places, money, bodies
and areas those of the newest file that tells any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from etl.projects.funded_works import CENT, REVOKED, UNSPECIFIED, called, uncalled
from warehouse.schema.conform import conform
from warehouse.schema.tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Inputs = dict[str, pa.Table]

# What counts by itself, where it is not the work as a whole: a later file adds, and does not undo.
UNITS = {"payment": ["project", "period"], "procedure": ["project", "cig"]}
ALL_STAY = {"extraction"}
DAY, PART = "_day", "_part"


def merged(parts: Sequence[Inputs]) -> list[Inputs]:
    """Return `parts` without what an older file says of the funded works of a newer one.

    The order of `parts` decides between files of the same day. Projects of the plan stay as they
    are.
    """
    days = _days(parts)
    if days.empty or days["project"].is_unique:
        return list(parts)
    several = set(days.loc[days["project"].duplicated(), "project"])
    kept: list[Inputs] = [dict(part) for part in parts]
    together: Inputs = {}
    for name in INPUTS:
        having = [n for n, part in enumerate(parts) if name in part]
        if name in ALL_STAY or not having or "project" not in INPUTS[name].schema.names:
            continue
        rows = _rows(name, parts, having, days, several)
        if rows.empty:
            continue
        for n in having:
            table = parts[n][name]
            known = table["project"].to_pandas().isin(list(several))
            kept[n][name] = table.filter(pa.array(~known))
        settled = _one_row(rows) if name == "project" else _newest(name, rows)
        together[name] = _table(name, settled)
    return [together, *kept]


def _days(parts: Iterable[Inputs]) -> pd.DataFrame:
    """Return which part speaks of which funded work, and on which day."""
    columns = ["project", "extracted", PART]
    found = []
    for n, part in enumerate(parts):
        if "project" in part and part["project"].num_rows:
            projects = part["project"].to_pandas()
            funded = projects[projects["level"] == "funded"]
            found.append(funded.assign(**{PART: n})[columns])
    days = pd.concat(found) if found else pd.DataFrame(columns=columns)
    return days.rename(columns={"extracted": DAY})


def _rows(
    name: str, parts: Sequence[Inputs], having: list[int], days: pd.DataFrame, several: set[str]
) -> pd.DataFrame:
    """Return the rows on works of several files, those of the newest first."""
    frames = [parts[n][name].to_pandas().assign(**{PART: n}) for n in having]
    rows = pd.concat([f[f["project"].isin(list(several))] for f in frames], ignore_index=True)
    dated: pd.DataFrame = rows.merge(days, on=["project", PART], how="left")
    return dated.sort_values([DAY, PART], ascending=[False, True], kind="stable")


def _newest(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    unit = UNITS.get(name, ["project"])
    newest = rows.groupby(unit)[PART].transform("first") == rows[PART]
    if name == "funding_line":
        return _specified(rows[newest], rows[~newest])
    settled: pd.DataFrame = rows[newest]
    return settled


def _one_row(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a work: each fact as the newest file that tells it has it.

    A work that was given up and that a newer file still has was not given up.
    """
    newest = rows.groupby("project")[PART].transform("first") == rows[PART]
    taken_back = (rows["state"] == REVOKED) & ~newest
    rows = rows.assign(**{n: rows[n].mask(taken_back) for n in ("state", "phase", "actual_end")})
    told = rows.groupby("project", as_index=False, sort=False).first()
    named = uncalled(rows).groupby("project", sort=False)["title_it"].first()
    return called(told.assign(title_it=told["project"].map(named)))


def _specified(lines: pd.DataFrame, older: pd.DataFrame) -> pd.DataFrame:
    """Tell money apart by the sources of an older file, where those do not exceed it."""
    rest = lines[lines["source"] == UNSPECIFIED].set_index("project")["amount"]
    split = older[~older["source"].isin(["pnrr", UNSPECIFIED]) & older["project"].isin(rest.index)]
    split = split[split[PART] == split.groupby("project")[PART].transform("first")]
    known = split.groupby("project")["amount"].sum().reindex(rest.index, fill_value=0.0)
    fits = known[(known > 0) & (known <= rest + CENT)]
    split = split[split["project"].isin(fits.index)]
    left = lines["project"].map(fits).where(lines["source"] == UNSPECIFIED).fillna(0.0)
    lines = lines.assign(amount=lines["amount"] - left)
    lines = lines[(lines["source"] != UNSPECIFIED) | (lines["amount"] >= CENT)]
    told = lines[["project", "source"]].merge(split[["project", "source"]])
    doubled = pd.MultiIndex.from_frame(split[["project", "source"]]).isin(
        pd.MultiIndex.from_frame(told)
    )
    return pd.concat([lines, split[~doubled]])


def _table(name: str, rows: pd.DataFrame) -> pa.Table:
    columns = [c for c in rows if c not in (DAY, PART)]
    return conform(name, pa.Table.from_pandas(rows[columns], preserve_index=False))
