"""Errors of the project; each message says what is wrong, where, and what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse.messages import LANGUAGES, texts

if TYPE_CHECKING:
    from typing import Protocol

    class Translated(Protocol):
        """A text in two languages."""

        def in_(self, language: str) -> str:
            """Return the text in `language`."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A rejected row, cell or file: its place, the rule it breaks, the values of the rule's text.

    Line 0 is the whole file, or an unknown place in it. `values` can be written as JSON; one that
    differs by language is a mapping of `it` and `en`. The value `note`, if any, is a further rule
    with its own values, whose text follows the message.
    """

    line: int
    column: str
    value: str
    rule: str
    values: Mapping[str, Any]
    sheet: str = ""

    @property
    def message(self) -> dict[str, str]:
        """What is wrong, by language."""
        return {language: message_of(self.rule, self.values, language) for language in LANGUAGES}

    @property
    def suggestion(self) -> dict[str, str]:
        """What to do, by language."""
        return {language: suggestion_of(self.rule, self.values, language) for language in LANGUAGES}

    def in_(self, language: str) -> str:
        """Return what is wrong and what to do in `language` (`it` or `en`)."""
        return f"{self.message[language]} {self.suggestion[language]}"


def message_of(rule: str, values: Mapping[str, Any], language: str) -> str:
    """Return what is wrong with a row that breaks `rule`."""
    text = _rule_text(f"{rule}.message", values, language)
    note = values.get("note")
    return f"{text} {message_of(note['rule'], note, language)}" if note else text


def suggestion_of(rule: str, values: Mapping[str, Any], language: str) -> str:
    """Return what to do about a row that breaks `rule`."""
    return _rule_text(f"{rule}.suggestion", values, language)


def explain(row: Mapping[Any, Any], language: str) -> tuple[str, str]:
    """Return what is wrong and what to do, of a row of the table `quarantine`.

    An older release has the texts as they were written then: without `values`, or with those of
    a rule that has changed since.
    """
    try:
        rule, values = row["rule"], json.loads(row["values"])
        return message_of(rule, values, language), suggestion_of(rule, values, language)
    except (KeyError, TypeError):
        return row[f"message_{language}"], row[f"suggestion_{language}"]


def _rule_text(key: str, values: Mapping[str, Any], language: str) -> str:
    places = {
        name: value[language] if isinstance(value, Mapping) and language in value else value
        for name, value in values.items()
    }
    entry: str = texts("rules")[key][language]
    return entry.format(**places)


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

    def __init__(self, *rejections: Rejection) -> None:
        """Keep the rejections, each with its rule, place and text."""
        super().__init__(*rejections)
        self.rejections = rejections


class ContractError(CruscottoError):
    """A table does not have the columns, types or keys that the contract declares."""


class ReleaseError(CruscottoError):
    """A release cannot be opened, built, audited or published."""
