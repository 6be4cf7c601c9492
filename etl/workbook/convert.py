"""Conversion of a workbook's cell to a value of its column's kind."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from itertools import product
from math import isfinite
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from etl.parsing.names import normalise_name
from etl.workbook.cell_values import ExcelError, UncalculatedFormula
from etl.workbook.choices import SYNONYM
from warehouse.config import Years
from warehouse.periods import is_period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from etl.workbook.schema import Kind

Value = str | float | int | bool | date | None

PATTERNS = {
    "code": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "name": re.compile(r"[a-z][a-z0-9_]*"),
    "cup": re.compile(r"[A-Z]\d{2}[A-Z]\d{11}"),
    "cig": re.compile(r"[A-Z0-9]{10}"),
    "programme": re.compile(r"\d{2}\.\d{2}"),
}
NUMBERS = ("number", "whole", "euro", "share")
GROUPED = re.compile(r"[1-9]\d{0,2}((\.\d{3})+(,\d+)?|(,\d{3})+(\.\d+)?)")
TWO_WAYS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")  # a thousand, or one and some thousandths
DECIMAL = re.compile(r"(\d+)([.,]\d+)?")
FLAGS = {"sì": True, "si": True, "yes": True, "true": True, "vero": True, "1": True,
         "no": False, "false": False, "falso": False, "0": False}  # fmt: skip
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
SHORT_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{2})")
MIDNIGHT = re.compile(r"[T ]0?0[:.]00([:.]00([.,]0+)?)?Z?$")
CENTURIES = (1900, 2000)
ERRORS = frozenset(
    {  # as Excel shows them, in English and Italian
        *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"),
        *("#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!", "#BUSY!"),
        *("#PYTHON!", "#EXTERNAL!", "#NULLO!", "#VALORE!", "#RIF!", "#NOME?", "#N/D"),
        *("#ESPANSIONE!", "#CALCOLO!", "#CAMPO!", "#BLOCCATO!", "#SCONOSCIUTO!", "#CONNESSIONE!"),
        *("#OCCUPATO!", "#ESTERNO!"),
    }
)
SCHEMES = ("http", "https")
HOST = re.compile(r"[^\s/@.]+(\.[^\s/@.]+)+")


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


def convert(
    cell: object, kind: Kind, accepted: Mapping[str, str], years: Years | None = None
) -> Value:
    """Return the value of one cell, None where it is empty; raises `WrongCellError` with its rule.

    `accepted` are the `choices` of its column, empty where any value is allowed; days and periods
    are within `years`.
    """
    text = cell_text(cell)
    if not text:
        return None
    if isinstance(cell, UncalculatedFormula):
        raise WrongCellError("formula")
    if isinstance(cell, ExcelError) or (text[0] == "#" and text.upper() in ERRORS):
        raise WrongCellError("excel_error")
    if accepted:
        return _choice(text, accepted)
    if kind in ("day", "period"):
        return (_day if kind == "day" else _period)(cell, text, years or Years())
    return _number(cell, text, kind) if kind in NUMBERS else _text(text, kind)


def _text(text: str, kind: Kind) -> Value:
    if kind in PATTERNS:
        return _pattern_text(text, kind)
    if kind == "link":
        return _link(text)
    if kind == "flag":
        if text.lower() not in FLAGS:
            raise WrongCellError("flag")
        return FLAGS[text.lower()]
    return text


def within(value: Value, least: float, most: float) -> Value:
    """Return the value; raises `WrongCellError` if it is a number outside the bounds."""
    if isinstance(value, (int, float)) and not least <= value <= most:
        raise WrongCellError("bounds")
    return value


def _pattern_text(text: str, kind: Kind) -> str:
    text = text.upper() if kind in ("cup", "cig") else text
    if not PATTERNS[kind].fullmatch(text):
        raise WrongCellError(kind)
    return text


def _period(cell: object, text: str, years: Years) -> str:
    """Return a period; Excel writes a day both for `2026-06` and for `1 June`: never guess."""
    if isinstance(cell, datetime):
        raise WrongCellError("period_day")
    if not is_period(text):
        raise WrongCellError("period")
    if int(text[:4]) not in years:
        raise WrongCellError("year")
    return text


def _link(text: str) -> str:
    """Return an address that a page may link to: of a web page, and nothing that runs."""
    address = f"https://{text}" if text.lower().startswith("www.") else text
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise WrongCellError("link") from None
    is_plain = address.isprintable() and not {*address} & {*' "<>\\^`{|}'}
    if parts.scheme.lower() not in SCHEMES or not HOST.fullmatch(host) or not is_plain:
        raise WrongCellError("link")
    return address


def _choice(text: str, accepted: Mapping[str, str]) -> str:
    name = accepted.get(text.casefold()) or accepted.get(normalise_name(text))
    if name is None:
        raise WrongCellError("choice")
    return name


def _day(cell: object, text: str, years: Years) -> date:
    day = cell.date() if isinstance(cell, datetime) else _parsed_day(text, years)
    if day.year not in years:
        raise WrongCellError("year")
    return day


def _parsed_day(text: str, years: Years) -> date:
    """Return the day that a text names; one of two digits for the year only if it is certain."""
    text = MIDNIGHT.sub("", text)
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    days = {day for day in _short_days(text) if day.year in years}
    if len(days) != 1:
        raise WrongCellError("day")
    return days.pop()


def _short_days(text: str) -> Iterator[date]:
    """Yield what `30/06/26` may mean: with dashes the year may come first, as in 2026-06-30."""
    match = SHORT_DAY.fullmatch(text)
    if match is None:
        return
    first, middle, last = int(match[1]), int(match[3]), int(match[4])
    orders = [(last, first)] + [(first, last)] * (match[2] == "-")
    for century, (year, day) in product(CENTURIES, orders):
        with suppress(ValueError):
            yield date(century + year, middle, day)


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
