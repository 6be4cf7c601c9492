"""Conversion of a workbook's cell to a value of its column's kind."""

from __future__ import annotations

import re
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING

from etl.parsing.names import normalise_name
from etl.workbook.choices import SYNONYM
from warehouse.periods import is_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.workbook.schema import Kind

Value = str | float | int | bool | date | None

PATTERNS = {
    "code": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "name": re.compile(r"[a-z][a-z0-9_]*"),
    "cup": re.compile(r"[A-Z]\d{2}[A-Z]\d{11}"),
    "cig": re.compile(r"[A-Z0-9]{10}"),
    "programme": re.compile(r"\d{2}\.\d{2}"),
}
GROUPED = re.compile(r"[1-9]\d{0,2}((\.\d{3})+(,\d+)?|(,\d{3})+(\.\d+)?)")
TWO_WAYS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")  # a thousand, or one and some thousandths
DECIMAL = re.compile(r"(\d+)([.,]\d+)?")
FLAGS = {"sì": True, "si": True, "yes": True, "true": True, "vero": True, "1": True,
         "no": False, "false": False, "falso": False, "0": False}  # fmt: skip
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")


class WrongCellError(ValueError):
    """The cell breaks a rule, whose key in `rules.yaml` is the message."""


def cell_text(cell: object) -> str:
    """Return the text of a cell, trimmed; whole numbers without `.0`."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def choices(words: Mapping[str, str]) -> dict[str, str]:
    """Return the id for each accepted spelling, for `convert`.

    `words` are the choices, id → word. Both are accepted in any case, and a word also without its
    accents and signs, where that is the word of one id only.
    """
    exact = {name.rstrip(SYNONYM).casefold(): name.rstrip(SYNONYM) for name in words}
    # of two ids with the same word the first counts
    exact |= {word.casefold(): name.rstrip(SYNONYM) for name, word in reversed(list(words.items()))}
    ids_by_name: dict[str, set[str]] = {}
    for name, word in words.items():
        ids_by_name.setdefault(normalise_name(word), set()).add(name.rstrip(SYNONYM))
    normalised = {n: next(iter(ids)) for n, ids in ids_by_name.items() if n and len(ids) == 1}
    return normalised | exact


def convert(cell: object, kind: Kind, accepted: Mapping[str, str]) -> Value:
    """Return the value of one cell, None where it is empty; raises `WrongCellError` with its rule.

    `accepted` are the `choices` of its column, empty where any value is allowed.
    """
    text = cell_text(cell)
    if not text:
        return None
    if text.startswith("#"):
        raise WrongCellError("excel_error")
    if accepted:
        return _choice(text, accepted)
    if kind in PATTERNS or kind == "period":
        return _pattern_text(text, kind)
    if kind == "day":
        return _day(cell, text)
    if kind == "flag":
        if text.lower() not in FLAGS:
            raise WrongCellError("flag")
        return FLAGS[text.lower()]
    return text if kind == "text" else _number(cell, text, kind)


def within(value: Value, least: float, most: float) -> Value:
    """Return the value; raises `WrongCellError` if it is a number outside the bounds."""
    if isinstance(value, (int, float)) and not least <= value <= most:
        raise WrongCellError("bounds")
    return value


def _pattern_text(text: str, kind: Kind) -> str:
    text = text.upper() if kind in ("cup", "cig") else text
    if not (is_period(text) if kind == "period" else PATTERNS[kind].fullmatch(text)):
        raise WrongCellError(kind)
    return text


def _choice(text: str, accepted: Mapping[str, str]) -> str:
    name = accepted.get(text.casefold()) or accepted.get(normalise_name(text))
    if name is None:
        raise WrongCellError("choice")
    return name


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
    is_number = isinstance(cell, (int, float))
    number = float(cell) if isinstance(cell, (int, float)) else _parsed_number(text)
    if not is_number and text.endswith("%"):
        number /= 100
    if not isfinite(number):
        raise WrongCellError("number")
    if kind == "share" and not 0 <= number <= 1:
        raise WrongCellError("share")
    if kind == "euro" and number < 0:
        raise WrongCellError("negative")
    if kind == "whole":
        if not number.is_integer():
            raise WrongCellError("whole")
        return int(number)
    return number


def _parsed_number(text: str) -> float:
    """Return the number of a text, in Italian or English notation.

    A text that is a different number in each is rejected: `1.234`.
    """
    bare = re.sub(r"[\s'’€%]", "", text).replace("−", "-")
    sign, digits = (-1, bare[1:]) if bare.startswith("-") else (1, bare.removeprefix("+"))
    if TWO_WAYS.fullmatch(digits):
        raise WrongCellError("two_ways")
    if GROUPED.fullmatch(digits):
        last = max(digits.rfind("."), digits.rfind(","))
        has_decimals = len({*digits} & {".", ","}) > 1
        integer, decimals = (digits[:last], digits[last + 1 :]) if has_decimals else (digits, "")
        return sign * float(f"{re.sub('[.,]', '', integer)}.{decimals or 0}")
    if DECIMAL.fullmatch(digits):
        return sign * float(digits.replace(",", "."))
    raise WrongCellError("number")
