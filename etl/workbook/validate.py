"""What no cell shows alone: references between sheets, order of days, weights, money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.quarantine import reject

if TYPE_CHECKING:
    from collections.abc import Collection

    from etl.workbook.reader import Filled
    from etl.workbook.schema import Sheet, Workbook
    from warehouse.errors import Rejection

Frames = dict[str, pd.DataFrame]
WHOLE, CENT = 0.005, 0.01  # how far weights may be from 1, and payments above funding


def checked(filled: Filled) -> tuple[Frames, list[Rejection]]:
    """Return the frames without the rows that do not hold together, and all that was refused."""
    book, refused = filled.book, [*filled.refused]
    frames = ordered(references(filled.frames, book, refused), book, refused)
    if "milestones" in book.sheets:
        frames = owners(frames, book, refused)
        frames = paid(frames, book, refused)
        frames = spoken_of(frames, book, refused)
        weights(frames, book, refused)
    else:
        frames = divided(frames, book, refused)
    return frames, refused


def references(frames: Frames, book: Workbook, refused: list[Rejection]) -> Frames:
    """Leave out rows whose `refers` columns name what the other sheet does not have."""
    kept: Frames = {}
    for name, sheet in book.sheets.items():
        frame = frames[name]
        for column, declared in sheet.columns.items():
            if declared.refers:
                target = kept.get(declared.refers, frames[declared.refers])
                good = frame[column].isin(target[book.sheets[declared.refers].key[0]])
                _note(refused, sheet, column, "reference", frame[~good], frame[~good][column])
                frame = frame[good]
        kept[name] = frame
    return kept


def ordered(frames: Frames, book: Workbook, refused: list[Rejection]) -> Frames:
    """Empty what is less than the day or number that it follows; a needed one costs its row."""
    kept: Frames = {}
    for name, sheet in book.sheets.items():
        frame = frames[name].copy()
        for column, declared in sheet.columns.items():
            if declared.after:
                is_day = declared.kind == "day"
                as_said = pd.to_datetime if is_day else pd.to_numeric
                wrong = as_said(frame[column]) < as_said(frame[declared.after])
                rule = ("order_needed" if declared.needed else "order") if is_day else "less"
                _note(refused, sheet, column, rule, frame[wrong], frame[wrong][column])
                if declared.needed:
                    frame = frame[~wrong]
                else:
                    frame[column] = frame[column].mask(wrong, None)
        kept[name] = frame
    return kept


def weights(frames: Frames, book: Workbook, refused: list[Rejection]) -> None:
    """Tell the projects whose milestones do not weigh 1 in all; they are read in proportion."""
    frame, sheet = frames["milestones"], book.sheets["milestones"]
    sums = frame["weight"].astype(float).groupby(frame["project"]).transform("sum")
    first = frame[((sums - 1).abs() > WHOLE) & ~frame.duplicated("project")]
    said = [f"{p}: {s:g}" for p, s in zip(first["project"], sums[first.index], strict=True)]
    _note(refused, sheet, "weight", "weights", first, pd.Series(said, first.index, dtype="object"))


def paid(frames: Frames, book: Workbook, refused: list[Rejection]) -> Frames:
    """Leave out payments above what is funded with public money that is there."""
    funding, payments = frames["funding"], frames["payments"]
    secured = funding[~funding["source"].isin(["to_be_found", "private"])]
    funded = secured["amount"].astype(float).groupby(secured["project"]).sum()
    over = payments["amount"].astype(float) > payments["project"].map(funded).fillna(0) + CENT
    wrong = payments[over]
    _note(refused, book.sheets["payments"], "amount", "overpaid", wrong, wrong["amount"])
    return {**frames, "payments": payments[~over]}


def spoken_of(frames: Frames, book: Workbook, refused: list[Rejection]) -> Frames:
    """Leave out what reports say of milestones that their project does not have."""
    key = ["project", "milestone"]
    reports, sheet = frames["reports"], book.sheets["reports"]
    known = pd.MultiIndex.from_frame(frames["milestones"][key])
    named = reports["milestone"].notna()
    wrong = named & ~pd.MultiIndex.from_frame(reports[key]).isin(known)
    _note(refused, sheet, "milestone", "milestone", reports[wrong], reports[wrong]["milestone"])
    mended = reports["milestone"].mask(wrong, None)
    return {**frames, "reports": reports.assign(milestone=mended)}


def divided(frames: Frames, book: Workbook, refused: list[Rejection]) -> Frames:
    """Leave out the values of a ratio that have no denominator."""
    values, indicators = frames["values"], frames["indicators"]
    ratios = indicators[indicators["aggregate"] == "ratio"]["indicator"]
    wrong = values["indicator"].isin(ratios) & values["denominator"].isna()
    lacking, sheet = values[wrong], book.sheets["values"]
    _note(refused, sheet, "denominator", "denominator", lacking, lacking["indicator"])
    return {**frames, "values": values[~wrong]}


def parents(frames: Frames, book: Workbook, others: Collection[str]) -> list[Rejection]:
    """Tell the projects whose strategic project is neither here nor among the `others`."""
    frame = frames["projects"]
    refused: list[Rejection] = []
    known = [*frame["project"], *others]
    wrong = frame[frame["parent"].notna() & ~frame["parent"].isin(known)]
    _note(refused, book.sheets["projects"], "parent", "parent", wrong, wrong["parent"])
    return refused


def owners(frames: Frames, book: Workbook, refused: list[Rejection]) -> Frames:
    """Empty owners and senders that the sheet of actors does not name."""
    known = set(frames["actors"]["name"])
    kept = dict(frames)
    for name, column in (("milestones", "owner"), ("contributions", "actor")):
        frame = frames[name].copy()
        wrong = frame[column].notna() & ~frame[column].isin(known)
        _note(refused, book.sheets[name], column, "reference", frame[wrong], frame[wrong][column])
        if book.sheets[name].columns[column].needed:
            frame = frame[~wrong]
        else:
            frame[column] = frame[column].mask(wrong, None)
        kept[name] = frame
    return kept


def _note(
    refused: list[Rejection],
    sheet: Sheet,
    column: str,
    rule: str,
    rows: pd.DataFrame,
    values: pd.Series[Any],
) -> None:
    name = sheet.label(column)
    for line, value in zip(rows["line"], values, strict=True):
        wrong = reject(
            *(f"workbook_{rule}", value),
            line=int(line),
            column=name,
            value=value,
            sheet=sheet.called,
        )
        refused.append(wrong)
