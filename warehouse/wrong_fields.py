"""What a model refuses, field by field, in two languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from warehouse.faults import Fault
from warehouse.yaml_loader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError

WORDS = Path(__file__).with_name("wrong_fields.yaml")


def wrong(kind: str) -> PydanticCustomError:
    """Return what a validator raises, in the words of `wrong_fields.yaml`."""
    return PydanticCustomError(kind, _words()[kind]["en"])


def wrong_fields(error: ValidationError, whole: str = "(file)") -> Iterator[tuple[str, Fault]]:
    """Yield each field that is refused, dotted, or `whole`; and what is wrong with it."""
    for found in error.errors(include_url=False):
        field = ".".join(map(str, found["loc"])) or whole
        yield field, Fault({"it": _italian(found["type"], found), "en": found["msg"]})


def _italian(kind: str, found: Any) -> str:  # noqa: ANN401  # pydantic's dictionary of a fault
    words = _words().get(kind)
    context = {n: str(v).replace(" or ", " o ") for n, v in found.get("ctx", {}).items()}
    if words is None:
        return str(found["msg"])
    return words["it"] if "en" in words else words["it"].format(**context)


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = read_yaml(WORDS.read_text(encoding="utf-8"))
    return words
