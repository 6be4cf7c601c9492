"""The few kinds of fault: each message says what, where, and what to do next."""

from __future__ import annotations


class CruscottoError(Exception):
    """A fault that a person can mend; `faults` lists every one found in the run."""

    def __init__(self, *faults: str) -> None:
        """Keep the faults, one sentence each."""
        super().__init__("\n".join(faults))
        self.faults = faults


class CatalogError(CruscottoError):
    """A declaration is wrong: names the file, the field and the reason."""


class SourceError(CruscottoError):
    """A provider's file is missing, unreadable or not in the declared layout."""


class ContractError(CruscottoError):
    """A table does not have the columns, types or keys that the contract declares."""


class ReleaseError(CruscottoError):
    """A release cannot be opened, built, audited or published."""
