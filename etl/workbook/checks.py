"""What no cell shows alone: references between sheets, order of days, weights, money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.quarantine import refusal

if TYPE_CHECKING:
    from etl.reading import Refusal
    from etl.workbook.reading import Filled
    from etl.workbook.sheets import Sheet, Workbook

Frames = dict[str, pd.DataFrame]
WHOLE, CENT = 0.005, 0.01  # how far weights may be from 1, and payments above funding


def checked(filled: Filled) -> tuple[Frames, list[Refusal]]:
    """Return the frames without the rows that do not hold together, and all that was refused."""
    book, refused = filled.book, [*filled.refused]
    frames = ordered(references(filled.frames, book, refused), book, refused)
    if "milestones" in book.sheets:
        frames = owners(frames, book, refused)
        frames = paid(frames, book, refused)
        weights(frames, book, refused)
    return frames, refused


def references(frames: Frames, book: Workbook, refused: list[Refusal]) -> Frames:
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


def ordered(frames: Frames, book: Workbook, refused: list[Refusal]) -> Frames:
    """Empty the days that come before the day that they follow; a needed one costs its row."""
    kept: Frames = {}
    for name, sheet in book.sheets.items():
        frame = frames[name].copy()
        for column, declared in sheet.columns.items():
            if declared.after:
                ends, starts = (pd.to_datetime(frame[c]) for c in (column, declared.after))
                wrong = ends < starts
                _note(refused, sheet, column, "order", frame[wrong], frame[wrong][column])
                if declared.needed:
                    frame = frame[~wrong]
                else:
                    frame[column] = frame[column].mask(wrong, None)
        kept[name] = frame
    return kept


def weights(frames: Frames, book: Workbook, refused: list[Refusal]) -> None:
    """Tell the projects whose milestones do not weigh 1 in all; they are read in proportion."""
    frame, sheet = frames["milestones"], book.sheets["milestones"]
    sums = frame["weight"].astype(float).groupby(frame["project"]).transform("sum")
    first = frame[((sums - 1).abs() > WHOLE) & ~frame.duplicated("project")]
    said = [f"{p}: {s:g}" for p, s in zip(first["project"], sums[first.index], strict=True)]
    _note(refused, sheet, "weight", "weights", first, pd.Series(said, first.index, dtype="object"))


def paid(frames: Frames, book: Workbook, refused: list[Refusal]) -> Frames:
    """Leave out payments above what is funded with public money that is there."""
    funding, payments = frames["funding"], frames["payments"]
    secured = funding[~funding["source"].isin(["to_be_found", "private"])]
    funded = secured["amount"].astype(float).groupby(secured["project"]).sum()
    over = payments["amount"].astype(float) > payments["project"].map(funded).fillna(0) + CENT
    wrong = payments[over]
    _note(refused, book.sheets["payments"], "amount", "overpaid", wrong, wrong["amount"])
    return {**frames, "payments": payments[~over]}


def owners(frames: Frames, book: Workbook, refused: list[Refusal]) -> Frames:
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
    refused: list[Refusal],
    sheet: Sheet,
    column: str,
    rule: str,
    rows: pd.DataFrame,
    values: pd.Series[Any],
) -> None:
    name = sheet.label(column, list(sheet.columns).index(column))
    for line, value in zip(rows["line"], values, strict=True):
        wrong = refusal(
            *(f"workbook_{rule}", value),
            line=int(line),
            column=name,
            value=value,
            sheet=sheet.called,
        )
        refused.append(wrong)
