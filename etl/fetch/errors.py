"""Errors of a download, with the texts of `locale/rules.yaml`."""

from __future__ import annotations

from etl.quarantine import reject


class FetchError(Exception):
    """A file was not received, or is not as declared; another attempt would not help."""

    def __init__(self, rule: str, what: object, value: object = "") -> None:
        """Store the error as a rejection of the whole file."""
        super().__init__(f"{rule}: {what}")
        self.fault = reject(rule, what, value=value)


class RetryError(FetchError):
    """Another attempt may succeed, `after` that number of seconds if the provider names one."""

    def __init__(self, rule: str, what: object, value: object = "", after: float = 0) -> None:
        """Store the error, for when no attempt is left."""
        super().__init__(rule, what, value)
        self.after = after
