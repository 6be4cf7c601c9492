"""Faults in the words of `faults.yaml`: what is wrong and what to do, in two languages."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.yaml_loader import RepeatedKeyError, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = Path(__file__).with_name("faults.yaml")
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
class Fault:
    """A fault in both languages."""

    words: Mapping[str, str]  # it, en

    def in_(self, language: str) -> str:
        """Return what is wrong and what to do in `language` (`it` or `en`)."""
        return self.words[language]


def fault(key: str, **filled: object) -> Fault:
    """Return the fault `key` of `faults.yaml`, with `{…}` filled in, by language if need be."""
    return Fault({to: text.format(**_said(filled, to)) for to, text in _words()[key].items()})


def disk_fault(error: OSError) -> Fault:
    """Return what the system did not allow, and what to do about it."""
    path = error.filename2 or error.filename or "–"
    return fault(OF_SYSTEM.get(error.errno or 0, "disk_other"), path=path, said=error.strerror)


def unreadable(path: Path, error: Exception) -> Fault:
    """Return why a YAML file could not be read: missing, no file, no text, no YAML, a key twice."""
    if isinstance(error, FileNotFoundError):
        return fault("no_catalog_file", path=path)
    if isinstance(error, OSError):
        return fault("not_a_file", path=path)
    if isinstance(error, UnicodeDecodeError):
        return fault("not_text", path=path, byte=error.start + 1)
    if isinstance(error, RepeatedKeyError):
        return fault("repeated_key", path=path, name=error.key, line=error.line)
    if isinstance(error, TypeError):
        return fault("not_a_mapping", path=path)
    return fault("not_yaml", path=path, said=error)


def _said(filled: Mapping[str, object], language: str) -> dict[str, object]:
    return {n: v.in_(language) if isinstance(v, Fault) else v for n, v in filled.items()}


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = read_yaml(WORDS.read_text(encoding="utf-8"))
    return words
