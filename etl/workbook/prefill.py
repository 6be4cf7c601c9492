"""The plan's projects of a release as the rows of their workbook: what `--filled` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.workbook.writer import Rows

PUBLIC = "public"


def rows(tables: Mapping[str, pd.DataFrame]) -> Rows:
    """Return the rows by sheet of the project tables (frames by name of the contract)."""
    projects = tables["project"]
    projects = projects[projects["level"] != "funded"]
    mine = {
        name: frame[frame["project"].isin(projects["project"])]
        for name, frame in tables.items()
        if "project" in frame.columns
    }
    names = dict(zip(tables["actor"]["actor"], tables["actor"]["name"], strict=True))
    codes = dict(zip(tables["actor"]["actor"], tables["actor"]["tax_code"], strict=True))
    people = mine["project_actor"]
    said = mine["progress_report"].merge(
        mine["milestone_report"].drop(columns="demonstration"),
        on=["project", "reported"],
        how="outer",
    )
    again = said.duplicated(["project", "reported"])
    told = ["author", "state", "narrative_it", "narrative_en", "risk_it", "risk_en"]
    said[told] = said[told].mask(again, None)
    given = tables["contribution"]
    sheets = {
        "projects": _projects(projects, mine),
        "milestones": mine["milestone"].assign(owner=mine["milestone"]["owner"].map(names)),
        "funding": mine["funding_line"],
        "payments": mine["payment"][mine["payment"]["source"] == PUBLIC],
        "actors": people.assign(
            name=people["actor"].map(names), tax_code=people["actor"].map(codes)
        ),
        "reports": said,
        "targets": mine["project_indicator"][mine["project_indicator"]["target"].notna()],
        "procedures": mine["procedure"],
        "contributions": given.assign(actor=given["actor"].map(names)),
    }
    return {name: _plain(frame) for name, frame in sheets.items()}


def _projects(projects: pd.DataFrame, mine: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    nodes = mine["project_node"].sort_values("position")
    first, others = nodes[nodes["role"] == "primary"], nodes[nodes["role"] != "primary"]
    budget = mine["project_budget"]
    budget = budget.assign(code=budget["mission"] + "." + budget["programme"])
    at = projects["project"]
    return projects.assign(
        area=at.map(first.groupby("project")["node"].first()),
        other_areas=at.map(others.groupby("project")["node"].agg(list)),
        territories=at.map(mine["project_place"].groupby("project")["territory"].agg(list)),
        indicators=at.map(mine["project_indicator"].groupby("project")["indicator"].agg(list)),
        budget=at.map(budget.groupby("project")["code"].agg(list)),
        traits=projects["traits"].str.split(),
    )


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(k): v for k, v in row.items() if isinstance(v, list) or not pd.isna(v)}
        for row in frame.to_dict("records")
    ]
