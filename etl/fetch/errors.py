"""What can go wrong between us and a provider, in the words of `rules.yaml`."""

from __future__ import annotations

from etl.quarantine import reject


class FetchError(Exception):
    """A file that did not come, or is not what was asked for; asking again would not help."""

    def __init__(self, rule: str, what: object, value: object = "") -> None:
        """Keep the fault as a refusal of the whole file."""
        super().__init__(f"{rule}: {what}")
        self.fault = reject(rule, what, value=value)


class Again(FetchError):  # noqa: N818  # it is no error yet: it says what to do
    """The provider may do better on another attempt, `after` so many seconds if it says so."""

    def __init__(self, rule: str, what: object, value: object = "", after: float = 0) -> None:
        """Keep the fault, for when no attempt is left."""
        super().__init__(rule, what, value)
        self.after = after
