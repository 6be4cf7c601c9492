"""The few kinds of fault: each message says what, where, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol

    class Translated(Protocol):
        """A text in two languages."""

        def in_(self, language: str) -> str:
            """Return them in `language`."""


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
    """A fault that a person can mend; `faults` lists every one found in the run."""

    def __init__(self, *faults: str | Translated) -> None:
        """Keep the faults: a sentence each, or values that can be said in two languages."""
        self.given = faults
        self.faults = self.in_("en")
        super().__init__("\n".join(self.faults))

    def in_(self, language: str) -> tuple[str, ...]:
        """Return the faults in `language`, as far as they have one."""
        return tuple(f if isinstance(f, str) else f.in_(language) for f in self.given)


class CatalogError(CruscottoError):
    """A declaration is wrong: names the file, the field and the reason."""


class SourceError(CruscottoError):
    """A provider's file is missing, unreadable or not in the declared layout."""

    def __init__(self, *refusals: Rejection) -> None:
        """Keep the faults, each with its rule, place and words."""
        super().__init__(*refusals)
        self.refusals = refusals


class ContractError(CruscottoError):
    """A table does not have the columns, types or keys that the contract declares."""


class ReleaseError(CruscottoError):
    """A release cannot be opened, built, audited or published."""
