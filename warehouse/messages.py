"""Faults in the words of `faults.yaml`: what is wrong and what to do, in two languages."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from warehouse.yaml_loader import RepeatedKeyError, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import ValidationError

WORDS = Path(__file__).with_name("faults.yaml")
FIELD_WORDS = Path(__file__).with_name("wrong_fields.yaml")
OF_SYSTEM = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EACCES: "no_right",
    errno.EPERM: "no_right",
    errno.EROFS: "read_only",
    errno.ENOENT: "no_path",
    errno.EISDIR: "is_folder",
}


@dataclass(frozen=True)
class Message:
    """A fault in both languages."""

    words: Mapping[str, str]  # it, en

    def in_(self, language: str) -> str:
        """Return what is wrong and what to do in `language` (`it` or `en`)."""
        return self.words[language]


def message(key: str, **filled: object) -> Message:
    """Return the fault `key` of `faults.yaml`, with `{…}` filled in, by language if need be."""
    return Message({to: text.format(**_said(filled, to)) for to, text in _words()[key].items()})


def system_error(error: OSError) -> Message:
    """Return what the system did not allow, and what to do about it."""
    path = error.filename2 or error.filename or "–"
    return message(OF_SYSTEM.get(error.errno or 0, "disk_other"), path=path, said=error.strerror)


def unreadable(path: Path, error: Exception) -> Message:
    """Return why a YAML file could not be read: missing, no file, no text, no YAML, a key twice."""
    if isinstance(error, FileNotFoundError):
        return message("no_catalog_file", path=path)
    if isinstance(error, OSError):
        return message("not_a_file", path=path)
    if isinstance(error, UnicodeDecodeError):
        return message("not_text", path=path, byte=error.start + 1)
    if isinstance(error, RepeatedKeyError):
        return message("repeated_key", path=path, name=error.key, line=error.line)
    if isinstance(error, TypeError):
        return message("not_a_mapping", path=path)
    return message("not_yaml", path=path, said=error)


def wrong(kind: str) -> PydanticCustomError:
    """Return what a validator raises, in the words of `invalid_fields.yaml`."""
    return PydanticCustomError(kind, _field_words()[kind]["en"])


def invalid_fields(error: ValidationError, whole: str = "(file)") -> Iterator[tuple[str, Message]]:
    """Yield each field that is refused, dotted, or `whole`; and what is wrong with it."""
    for found in error.errors(include_url=False):
        field = ".".join(map(str, found["loc"])) or whole
        yield field, Message({"it": _italian(found["type"], found), "en": found["msg"]})


def _italian(kind: str, found: Any) -> str:  # noqa: ANN401  # pydantic's dictionary of a fault
    words = _field_words().get(kind)
    context = {n: str(v).replace(" or ", " o ") for n, v in found.get("ctx", {}).items()}
    if words is None:
        return str(found["msg"])
    return words["it"] if "en" in words else words["it"].format(**context)


def _said(filled: Mapping[str, object], language: str) -> dict[str, object]:
    return {n: v.in_(language) if isinstance(v, Message) else v for n, v in filled.items()}


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = read_yaml(WORDS.read_text(encoding="utf-8"))
    return words


@cache
def _field_words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = read_yaml(FIELD_WORDS.read_text(encoding="utf-8"))
    return words
