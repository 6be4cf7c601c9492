"""Checks across the cells of a workbook: references, order of days, weights, money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.workbook.cell_rejection import reject_cell
from warehouse.messages import LANGUAGES, text
from warehouse.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from etl.workbook.reader import FilledWorkbook
    from etl.workbook.schema import Sheet, Workbook
    from warehouse.errors import Rejection

    Checked = tuple[dict[str, pd.DataFrame], list[Rejection]]  # good rows, rejected cells
    Check = Callable[[dict[str, pd.DataFrame], Workbook], Checked]

Frames = dict[str, pd.DataFrame]
DEFAULT_LEVEL = "municipality"
WEIGHT_TOLERANCE, CENT = 0.005, 0.01  # of the sum of weights; of payments above funding


def validate(filled: FilledWorkbook) -> Checked:
    """Return the frames with the rows that pass all checks, and everything that was rejected."""
    frames, book, rejected = filled.frames, filled.book, [*filled.rejected]
    is_of_projects = "milestones" in book.sheets
    for check in COMMON_CHECKS + (PROJECT_CHECKS if is_of_projects else INDICATOR_CHECKS):
        frames, wrong_cells = check(frames, book)
        rejected += wrong_cells
    if not is_of_projects:
        frames, wrong_cells = check_levels(frames, book, filled.levels)
        rejected += wrong_cells
    return frames, rejected


def unknown_parents(
    frames: Frames, book: Workbook, other_projects: Collection[str]
) -> list[Rejection]:
    """Return the projects whose strategic project is neither here nor among `other_projects`."""
    projects = frames["projects"]
    known_projects = [*projects["project"], *other_projects]
    wrong = projects[projects["parent"].notna() & ~projects["parent"].isin(known_projects)]
    return _reject(book.sheets["projects"], "parent", "parent", wrong)


def check_references(frames: Frames, book: Workbook) -> Checked:
    """Leave out rows whose `refers` columns name what the other sheet does not have."""
    checked: Frames = {}
    rejected: list[Rejection] = []
    for name, sheet in book.sheets.items():
        frame = frames[name]
        for column, declaration in sheet.columns.items():
            if declaration.refers and not declaration.from_list:
                target = checked.get(declaration.refers, frames[declaration.refers])
                is_good = frame[column].isin(target[book.sheets[declaration.refers].key[0]])
                rejected += _reject(sheet, column, "reference", frame[~is_good])
                frame = frame[is_good]
        checked[name] = frame
    return checked, rejected


def check_order(frames: Frames, book: Workbook) -> Checked:
    """Empty what is less than the day or number that it follows; without a needed cell, no row."""
    checked: Frames = {}
    rejected: list[Rejection] = []
    for name, sheet in book.sheets.items():
        frame = frames[name].copy()
        for column, declaration in sheet.columns.items():
            if not declaration.after:
                continue
            is_day = declaration.kind == "day"
            comparable = pd.to_datetime if is_day else pd.to_numeric
            is_wrong = comparable(frame[column]) < comparable(frame[declaration.after])
            rule = ("order_needed" if declaration.needed else "order") if is_day else "less"
            rejected += _reject(sheet, column, rule, frame[is_wrong])
            frame = _without(frame, column, is_wrong, whole_rows=declaration.needed)
        checked[name] = frame
    return checked, rejected


def check_owners(frames: Frames, book: Workbook) -> Checked:
    """Empty owners and senders that the sheet of actors does not name."""
    actors = set(frames["actors"]["name"])
    checked = dict(frames)
    rejected: list[Rejection] = []
    for name, column in (("milestones", "owner"), ("contributions", "actor")):
        frame, sheet = frames[name].copy(), book.sheets[name]
        is_wrong = frame[column].notna() & ~frame[column].isin(actors)
        rejected += _reject(sheet, column, "reference", frame[is_wrong])
        whole_rows = sheet.columns[column].needed
        checked[name] = _without(frame, column, is_wrong, whole_rows=whole_rows)
    return checked, rejected


def check_payments(frames: Frames, book: Workbook) -> Checked:
    """Leave out payments above the secured public funding."""
    funding, payments = frames["funding"], frames["payments"]
    secured = funding[~funding["source"].isin(["to_be_found", "private"])]
    funded = secured["amount"].astype(float).groupby(secured["project"]).sum()
    limit = payments["project"].map(funded).fillna(0) + CENT
    is_over = payments["amount"].astype(float) > limit
    rejected = _reject(book.sheets["payments"], "amount", "overpaid", payments[is_over])
    return {**frames, "payments": payments[~is_over]}, rejected


def check_reported_milestones(frames: Frames, book: Workbook) -> Checked:
    """Empty the milestones of reports that their project does not have."""
    key = ["project", "milestone"]
    reports = frames["reports"]
    milestones = pd.MultiIndex.from_frame(frames["milestones"][key])
    is_wrong = reports["milestone"].notna() & ~pd.MultiIndex.from_frame(reports[key]).isin(
        milestones
    )
    rejected = _reject(book.sheets["reports"], "milestone", "milestone", reports[is_wrong])
    reports = reports.assign(milestone=reports["milestone"].mask(is_wrong, None))
    return {**frames, "reports": reports}, rejected


def check_weights(frames: Frames, book: Workbook) -> Checked:
    """Report the projects whose milestones' weights do not sum to 1; they count in proportion."""
    milestones = frames["milestones"]
    weights = milestones["weight"].astype(float)
    sums = weights.groupby(milestones["project"]).transform("sum")
    is_wrong = (sums - 1).abs() > WEIGHT_TOLERANCE
    first = milestones[is_wrong & ~milestones.duplicated("project")]
    labels = [f"{p}: {s:g}" for p, s in zip(first["project"], sums[first.index], strict=True)]
    values = pd.Series(labels, first.index, dtype="object")
    return frames, _reject(book.sheets["milestones"], "weight", "weights", first, values)


def check_denominators(frames: Frames, book: Workbook) -> Checked:
    """Leave out the values of a ratio that have no denominator."""
    values, indicators = frames["values"], frames["indicators"]
    ratios = indicators[indicators["aggregate"] == "ratio"]["indicator"]
    is_wrong = values["indicator"].isin(ratios) & values["denominator"].isna()
    wrong, sheet = values[is_wrong], book.sheets["values"]
    rejected = _reject(sheet, "denominator", "denominator", wrong, wrong["indicator"])
    return {**frames, "values": values[~is_wrong]}, rejected


def check_grains(frames: Frames, book: Workbook) -> Checked:
    """Leave out the values whose period is longer or shorter than most of their indicator's."""
    values, sheet = frames["values"], book.sheets["values"]
    grains = values["period"].map({p: Period.parse(p).kind for p in values["period"].unique()})
    usual = grains.groupby(values["indicator"]).agg(lambda kinds: kinds.value_counts().index[0])
    expected = values["indicator"].map(usual)
    is_wrong = grains != expected
    rejected = [
        rejection
        for (indicator, grain), rows in values[is_wrong].groupby(
            [values["indicator"], expected], sort=False
        )
        for rejection in _reject(
            sheet, "period", "grain", rows, indicator=indicator, grain=_grain_words(str(grain))
        )
    ]
    return {**frames, "values": values[~is_wrong]}, rejected


def _grain_words(grain: str) -> dict[str, str]:
    """Return the word for a length of period, in both languages."""
    key = f"grain_{grain.replace('-', '_')}"
    return {language: text("cli", key, language) for language in LANGUAGES}


def check_levels(frames: Frames, book: Workbook, levels: Mapping[str, str]) -> Checked:
    """Leave out the values of places whose level their indicator does not declare."""
    values, indicators = frames["values"], frames["indicators"]
    column, sheet = book.sheets["indicators"], book.sheets["values"]
    declared = {
        indicator: set(names) or {DEFAULT_LEVEL}
        for indicator, names in zip(indicators["indicator"], indicators["levels"], strict=True)
    }
    is_wrong = pd.Series(
        [
            levels.get(territory, DEFAULT_LEVEL) not in declared[indicator]
            for territory, indicator in zip(values["territory"], values["indicator"], strict=True)
        ],
        index=values.index,
        dtype=bool,
    )
    rejected = [
        rejection
        for indicator, rows in values[is_wrong].groupby("indicator", sort=False)
        for rejection in _reject(
            *(sheet, "territory", "levels", rows),
            indicator=indicator,
            column_of_levels=column.column_title("levels"),
            sheet_of_levels=column.current_title,
        )
    ]
    return {**frames, "values": values[~is_wrong]}, rejected


COMMON_CHECKS: tuple[Check, ...] = (check_references, check_order)
PROJECT_CHECKS: tuple[Check, ...] = (
    check_owners,
    check_payments,
    check_reported_milestones,
    check_weights,
)
INDICATOR_CHECKS: tuple[Check, ...] = (check_denominators, check_grains)


def _without(
    frame: pd.DataFrame, column: str, is_wrong: pd.Series[bool], *, whole_rows: bool
) -> pd.DataFrame:
    """Return a frame without its wrong rows, or with their cells empty."""
    if whole_rows:
        return frame[~is_wrong]
    return frame.assign(**{column: frame[column].mask(is_wrong, None)})


def _reject(
    sheet: Sheet,
    column: str,
    rule: str,
    rows: pd.DataFrame,
    values: pd.Series[Any] | None = None,
    **more: object,
) -> list[Rejection]:
    """Return a rejection for a column of each row; `values` are those of the column by default.

    `more` fills the rule's texts.
    """
    values = rows[column] if values is None else values
    return [
        reject_cell(sheet, column, rule, line, value, **more)
        for line, value in zip(rows["line"], values, strict=True)
    ]
