"""A cell of a workbook → a value of its column's kind, or the rule that it breaks."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from etl.periods import is_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.workbook.sheets import Kind

Value = str | float | int | bool | date | None

PATTERNS = {
    "code": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "name": re.compile(r"[a-z][a-z0-9_]*"),
    "cup": re.compile(r"[A-Z]\d{2}[A-Z]\d{11}"),
    "cig": re.compile(r"[A-Z0-9]{10}"),
    "programme": re.compile(r"\d{2}\.\d{2}"),
}
FLAGS = {"sì": True, "si": True, "yes": True, "true": True, "vero": True, "1": True,
         "no": False, "false": False, "falso": False, "0": False}  # fmt: skip
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")


class WrongCellError(ValueError):
    """The cell breaks the rule that is the message (a key of `rules.yaml`)."""


def plain(cell: object) -> str:
    """Return what stands in a cell as text, trimmed; whole numbers without `.0`."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def convert(cell: object, kind: Kind, words: Mapping[str, str]) -> Value:
    """Return the value of one cell, None where it is empty; raises `WrongCellError` with its rule.

    `words` are what may be chosen, id → word: either is understood, in any case.
    """
    text = plain(cell)
    if not text:
        return None
    if text.startswith("#"):
        raise WrongCellError("excel_error")
    if words:
        return _choice(text, words)
    if kind in PATTERNS or kind == "period":
        return _written(text, kind)
    if kind == "day":
        return _day(cell, text)
    if kind == "flag":
        if text.lower() not in FLAGS:
            raise WrongCellError("flag")
        return FLAGS[text.lower()]
    return text if kind == "text" else _number(cell, text, kind)


def _written(text: str, kind: Kind) -> str:
    found = text.upper() if kind in ("cup", "cig") else text
    if not (is_period(found) if kind == "period" else PATTERNS[kind].fullmatch(found)):
        raise WrongCellError(kind)
    return found


def _choice(text: str, words: Mapping[str, str]) -> str:
    known = {name.casefold(): name for name in words}
    known |= {word.casefold(): name for name, word in words.items()}
    if text.casefold() not in known:
        raise WrongCellError("choice")
    return known[text.casefold()]


def _day(cell: object, text: str) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise WrongCellError("day")


def _number(cell: object, text: str, kind: Kind) -> float | int:
    if isinstance(cell, bool):
        raise WrongCellError("number")
    percent = text.endswith("%")
    digits = text.rstrip("% ").replace("€", "").replace("\u00a0", "").replace(" ", "")
    if not isinstance(cell, (int, float)) and "," in digits:
        digits = digits.replace(".", "").replace(",", ".")
    try:
        number = float(digits) / (100 if percent else 1)
    except ValueError:
        raise WrongCellError("number") from None
    if kind == "share" and not 0 <= number <= 1:
        raise WrongCellError("share")
    if kind == "euro" and number < 0:
        raise WrongCellError("negative")
    if kind == "whole":
        if not number.is_integer():
            raise WrongCellError("whole")
        return int(number)
    return number
