"""A cell of a workbook → a value of its column's kind, or the rule that it breaks."""

from __future__ import annotations

import re
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING

from etl.parsing.names import normalise_name
from etl.workbook.choices import OTHER
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


def choices(words: Mapping[str, str]) -> dict[str, str]:
    """Return the id that is meant by each way of writing it, for `convert`.

    `words` are what may be chosen, id → word. Either is understood, in any case, and a word also
    without its accents and signs, where that is the word of one id only.
    """
    known = {name.rstrip(OTHER).casefold(): name.rstrip(OTHER) for name in words}
    known |= {word.casefold(): name.rstrip(OTHER) for name, word in [*words.items()][::-1]}
    alike: dict[str, set[str]] = {}
    for name, word in words.items():
        alike.setdefault(normalise_name(word), set()).add(name.rstrip(OTHER))
    alone = {plain_: next(iter(ids)) for plain_, ids in alike.items() if plain_ and len(ids) == 1}
    return alone | known


def convert(cell: object, kind: Kind, chosen: Mapping[str, str]) -> Value:
    """Return the value of one cell, None where it is empty; raises `WrongCellError` with its rule.

    `chosen` are the `choices` of its column, empty where anything goes.
    """
    text = plain(cell)
    if not text:
        return None
    if text.startswith("#"):
        raise WrongCellError("excel_error")
    if chosen:
        return _choice(text, chosen)
    if kind in PATTERNS or kind == "period":
        return _written(text, kind)
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


def _written(text: str, kind: Kind) -> str:
    found = text.upper() if kind in ("cup", "cig") else text
    if not (is_period(found) if kind == "period" else PATTERNS[kind].fullmatch(found)):
        raise WrongCellError(kind)
    return found


def _choice(text: str, chosen: Mapping[str, str]) -> str:
    found = chosen.get(text.casefold()) or chosen.get(normalise_name(text))
    if found is None:
        raise WrongCellError("choice")
    return found


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
    number = float(cell) if isinstance(cell, (int, float)) else _written_number(text)
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


def _written_number(text: str) -> float:
    """Return the number that a text is, in the Italian or the English way of writing it.

    A text that is one number in the one and another in the other is refused: `1.234`.
    """
    plain = re.sub(r"[\s'’€%]", "", text).replace("−", "-")
    sign, digits = (-1, plain[1:]) if plain.startswith("-") else (1, plain.removeprefix("+"))
    if TWO_WAYS.fullmatch(digits):
        raise WrongCellError("two_ways")
    if GROUPED.fullmatch(digits):
        last = max(digits.rfind("."), digits.rfind(","))
        has_decimals = len({*digits} & {".", ","}) > 1
        whole, rest = (digits[:last], digits[last + 1 :]) if has_decimals else (digits, "")
        return sign * float(f"{re.sub('[.,]', '', whole)}.{rest or 0}")
    if DECIMAL.fullmatch(digits):
        return sign * float(digits.replace(",", "."))
    raise WrongCellError("number")
