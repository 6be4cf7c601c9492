"""The office's workbook of the plan's projects: its sheets → the project tables of a release."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, ClassVar

import pandas as pd
import pyarrow as pa

from etl.parsing.cells import no_cells
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile
from etl.workbook.reader import read_workbook
from etl.workbook.schema import workbook
from etl.workbook.validate import validate
from warehouse.schema.project_tables import PROJECT_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

PUBLIC = "public"
Frames = dict[str, pd.DataFrame]


class Options(LayoutOptions):
    """Nothing to declare."""

    required_fields: ClassVar[tuple[str, ...]] = ("lists",)


def parse(content: bytes, _options: Options, context: FileContext) -> ParsedFile:
    """Return the project tables."""
    book = workbook("projects")
    frames, rejected = validate(read_workbook(content, book, context.lists, context.years))
    projects = frames["projects"]
    invented = dict(zip(projects["project"], projects["demonstration"].eq(True), strict=True))  # noqa: FBT003  # a cell's value
    by_table = {
        "project": _projects(projects, context.dataset),
        "project_node": _nodes(projects),
        "project_place": _several(projects, "territories", "territory"),
        "project_indicator": _indicators(projects, frames["targets"]),
        "project_budget": _budget(projects),
        **_actors(frames),
        "milestone": _milestones(frames["milestones"]),
        "funding_line": frames["funding"].assign(secured=lambda f: f["source"] != "to_be_found"),
        "payment": frames["payments"].assign(source=PUBLIC),
        **_reports(frames["reports"]),
        "procedure": frames["procedures"],
        "contribution": _contributions(frames["contributions"]),
    }
    tables = {name: _table(name, frame, invented) for name, frame in by_table.items()}
    return ParsedFile(no_cells(), tuple(rejected), tables)


def slug(name: str) -> str:
    """Return the id of an actor: its name in plain letters and dashes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _projects(projects: pd.DataFrame, dataset: str) -> pd.DataFrame:
    traits = projects["traits"].map(" ".join)
    traits = traits.mask(traits == "")
    return projects.assign(dataset=dataset, traits=traits)


def _nodes(projects: pd.DataFrame) -> pd.DataFrame:
    first = projects[["project"]].assign(node=projects["area"], role="primary", position=1)
    secondary = _several(projects, "other_areas", "node").assign(role="secondary")
    secondary["position"] = secondary.groupby("project").cumcount() + 2
    return pd.concat([first, secondary]).drop_duplicates(["project", "node"])


def _several(projects: pd.DataFrame, column: str, name: str) -> pd.DataFrame:
    """Return one row for each of the values of a cell."""
    rows = projects[["project", column]].explode(column).dropna()
    return rows.rename(columns={column: name}).drop_duplicates()


def _indicators(projects: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    without_target = _several(projects, "indicators", "indicator")
    rows = pd.concat([targets, without_target]).drop_duplicates(["project", "indicator"])
    return rows[rows["project"].isin(projects["project"])]


def _budget(projects: pd.DataFrame) -> pd.DataFrame:
    rows = _several(projects, "budget", "code")
    parts = rows["code"].astype("str").str.split(".", expand=True).reindex(columns=[0, 1])
    return rows.assign(mission=parts[0], programme=parts[1])


def _actors(frames: Frames) -> Frames:
    rows = frames["actors"].assign(actor=frames["actors"]["name"].map(slug))
    return {
        "actor": rows.sort_values("tax_code", na_position="last").drop_duplicates("actor"),
        "project_actor": rows,
    }


def _milestones(steps: pd.DataFrame) -> pd.DataFrame:
    is_started, is_ended = steps["actual_start"].notna(), steps["actual_end"].notna()
    completed = steps["completed"].mask(steps["completed"].isna() & ~is_started, 0)
    return steps.assign(
        position=steps.groupby("project").cumcount() + 1,
        owner=steps["owner"].map(slug, na_action="ignore"),
        planned_end=steps["actual_end"].fillna(steps["planned_end"]).fillna(steps["baseline_end"]),
        completed=completed.mask(is_ended, 1),
    )


def _reports(reports: pd.DataFrame) -> Frames:
    """Split reports into those of the project and those of single milestones."""
    with_text_first = reports.sort_values("narrative_it", na_position="last", kind="stable")
    return {
        "progress_report": with_text_first.drop_duplicates(["project", "reported"]),
        "milestone_report": reports[reports["milestone"].notna()],
    }


def _contributions(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(actor=rows["actor"].map(slug, na_action="ignore"))


def _table(name: str, frame: pd.DataFrame, invented: Mapping[str, bool]) -> pa.Table:
    """Return the contract's columns; rows of an invented project are marked as invented."""
    schema = PROJECT_TABLES[name].schema
    if "demonstration" in schema.names and "project" in frame.columns:
        frame = frame.assign(demonstration=frame["project"].map(invented))
    columns = [field for field in schema if field.name in frame.columns]
    rows = frame[[field.name for field in columns]].to_dict("records")
    records = [{k: None if pd.isna(v) else v for k, v in row.items()} for row in rows]
    loose = pa.schema([field.with_nullable(nullable=True) for field in columns])
    return pa.Table.from_pylist(records, schema=loose)
