"""Rows of the workbook of projects from a release, for `etl template --filled`."""

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
    own_tables = {
        name: frame[frame["project"].isin(projects["project"])]
        for name, frame in tables.items()
        if "project" in frame.columns
    }
    names = dict(zip(tables["actor"]["actor"], tables["actor"]["name"], strict=True))
    codes = dict(zip(tables["actor"]["actor"], tables["actor"]["tax_code"], strict=True))
    actors, contributions = own_tables["project_actor"], tables["contribution"]
    milestones, payments = own_tables["milestone"], own_tables["payment"]
    targets = own_tables["project_indicator"]
    sheets = {
        "projects": _projects(projects, own_tables),
        "milestones": milestones.assign(owner=milestones["owner"].map(names)),
        "funding": own_tables["funding_line"],
        "payments": payments[payments["source"] == PUBLIC],
        "actors": actors.assign(
            name=actors["actor"].map(names), tax_code=actors["actor"].map(codes)
        ),
        "reports": _reports(own_tables),
        "targets": targets[targets["target"].notna()],
        "procedures": own_tables["procedure"],
        "contributions": contributions.assign(actor=contributions["actor"].map(names)),
    }
    return {name: _records(frame) for name, frame in sheets.items()}


def _reports(own_tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row per report and milestone; the project's own facts only in its first row."""
    key = ["project", "reported"]
    of_milestones = own_tables["milestone_report"].drop(columns="demonstration")
    reports = own_tables["progress_report"].merge(of_milestones, on=key, how="outer")
    of_project = ["author", "state", "narrative_it", "narrative_en", "risk_it", "risk_en"]
    reports[of_project] = reports[of_project].mask(reports.duplicated(key), None)
    return reports


def _projects(projects: pd.DataFrame, own_tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    nodes = own_tables["project_node"].sort_values("position")
    is_primary = nodes["role"] == "primary"
    primary, secondary = nodes[is_primary], nodes[~is_primary]
    budget = own_tables["project_budget"]
    budget = budget.assign(code=budget["mission"] + "." + budget["programme"])
    project = projects["project"]
    return projects.assign(
        area=project.map(primary.groupby("project")["node"].first()),
        other_areas=project.map(secondary.groupby("project")["node"].agg(list)),
        territories=project.map(
            own_tables["project_place"].groupby("project")["territory"].agg(list)
        ),
        indicators=project.map(
            own_tables["project_indicator"].groupby("project")["indicator"].agg(list)
        ),
        budget=project.map(budget.groupby("project")["code"].agg(list)),
        traits=projects["traits"].str.split(),
    )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(k): v for k, v in row.items() if isinstance(v, list) or not pd.isna(v)}
        for row in frame.to_dict("records")
    ]
