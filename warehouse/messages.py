"""Texts in two languages: the loader of `locale/` and the messages made from them."""

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

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("it", "en")
SYSTEM_ERRORS = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EACCES: "no_right",
    errno.EPERM: "no_right",
    errno.EROFS: "read_only",
    errno.ENOENT: "no_path",
    errno.EISDIR: "is_folder",
}


@cache
def texts(domain: str) -> dict[str, dict[str, Any]]:
    """Return the entries of `locale/<domain>.yaml`, or of all files of the folder of that name.

    Nested keys are joined with dots. An entry maps a language to its text, or to the plural
    forms `one` and `other` of it.
    """
    single = LOCALE / f"{domain}.yaml"
    files = [single] if single.exists() else sorted((LOCALE / domain).glob("*.yaml"))
    entries: dict[str, dict[str, Any]] = {}
    for file in files:
        entries |= _entries(read_yaml(file.read_text(encoding="utf-8")))
    return entries


def text(domain: str, key: str, language: str, **values: object) -> str:
    """Return one text with `{…}` filled in; where `n` is one, its form `one`, if it has one.

    A missing key is a bug: it raises `KeyError`.
    """
    return fill(texts(domain)[key][language], values)


def fill(entry: str | Mapping[str, str], values: Mapping[str, object]) -> str:
    """Fill the placeholders of a text, or of the plural form for `n`."""
    if not isinstance(entry, str):
        entry = entry["one" if str(values.get("n")) == "1" else "other"]
    return entry.format(**values) if values else entry


@dataclass(frozen=True)
class Message:
    """An error and what to do about it: a key of `locale/errors.yaml` and its values."""

    key: str
    values: Mapping[str, object]

    def in_(self, language: str) -> str:
        """Return the text in `language` (`it` or `en`); values that are messages, in it too."""
        values = {name: in_language(value, language) for name, value in self.values.items()}
        return text("errors", self.key, language, **values)


@dataclass(frozen=True)
class FieldError:
    """The error of one field: pydantic's own, or one of `locale/fields.yaml`."""

    kind: str
    english: str
    context: Mapping[str, object]

    def in_(self, language: str) -> str:
        """Return the text in `language`; pydantic's own errors have English of their own."""
        entry = texts("fields").get(self.kind)
        if language == "en" or entry is None:
            return self.english
        italian = {name: str(value).replace(" or ", " o ") for name, value in self.context.items()}
        return str(entry["it"]) if "en" in entry else str(entry["it"]).format(**italian)


def in_language(value: object, language: str) -> object:
    """Return a message as text in `language`, any other value unchanged."""
    return value.in_(language) if isinstance(value, (Message, FieldError)) else value


def message(key: str, **values: object) -> Message:
    """Return the message `key` of `locale/errors.yaml`; `values` fill its placeholders."""
    return Message(key, values)


def system_error(error: OSError) -> Message:
    """Return the message for an error of the operating system."""
    path = error.filename2 or error.filename or "–"
    key = SYSTEM_ERRORS.get(error.errno or 0, "disk_other")
    return message(key, path=path, said=error.strerror)


def unreadable(path: Path, error: Exception) -> Message:
    """Return why a YAML file cannot be read: missing, not text, not YAML, a repeated key."""
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


def field_error(kind: str) -> PydanticCustomError:
    """Return the error for a validator to raise, with its text of `locale/fields.yaml`."""
    return PydanticCustomError(kind, texts("fields")[kind]["en"])


def field_errors(error: ValidationError, root: str = "(file)") -> Iterator[tuple[str, FieldError]]:
    """Yield each rejected field, dotted (`root` for the model itself), and its error."""
    for detail in error.errors(include_url=False):
        field = ".".join(map(str, detail["loc"])) or root
        yield field, FieldError(detail["type"], detail["msg"], detail.get("ctx", {}))


def _entries(tree: Mapping[str, Any], prefix: str = "") -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = {}
    for key, value in tree.items():
        if isinstance(value, dict) and not value.keys() & set(LANGUAGES):
            entries |= _entries(value, f"{prefix}{key}.")
        else:
            entries[f"{prefix}{key}"] = value
    return entries
