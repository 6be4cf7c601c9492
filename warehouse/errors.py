"""Errors of the project; each message says what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol

    class Translated(Protocol):
        """A text in two languages."""

        def in_(self, language: str) -> str:
            """Return the text in `language`."""


@dataclass(frozen=True)
class Rejection:
    """What was not taken in: where it stands, which rule it breaks, what to do, in two languages.

    Line 0 is the whole file, or a place in it that is not known.
    """

    line: int
    column: str
    value: str
    rule: str
    message: Mapping[str, str]  # it, en
    suggestion: Mapping[str, str]  # it, en
    sheet: str = ""

    def in_(self, language: str) -> str:
        """Return what is wrong and what to do in `language` (`it` or `en`)."""
        return f"{self.message[language]} {self.suggestion[language]}"


class CruscottoError(Exception):
    """An error that a person can fix; `faults` lists every one of a run."""

    def __init__(self, *faults: str | Translated) -> None:
        """Keep the errors: an English sentence each, or a message in two languages."""
        self.messages = faults
        self.faults = self.in_("en")
        super().__init__("\n".join(self.faults))

    def in_(self, language: str) -> tuple[str, ...]:
        """Return the errors in `language`, or in English if they have no other."""
        return tuple(f if isinstance(f, str) else f.in_(language) for f in self.messages)


class CatalogError(CruscottoError):
    """A declaration is wrong: names the file, the field and the reason."""


class SourceError(CruscottoError):
    """A provider's file is missing, unreadable or not in the declared layout."""

    def __init__(self, *refusals: Rejection) -> None:
        """Keep the rejections, each with its rule, place and text."""
        super().__init__(*refusals)
        self.refusals = refusals


class ContractError(CruscottoError):
    """A table does not have the columns, types or keys that the contract declares."""


class ReleaseError(CruscottoError):
    """A release cannot be opened, built, audited or published."""
