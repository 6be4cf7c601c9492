"""Words that the pages use, explained to their readers."""

from __future__ import annotations

import re

from pydantic import Field

from warehouse.declarations.base import Declaration, Text


class Term(Declaration):
    """A word and what it means on the pages."""

    name: Text = Field(description="The word.")
    text: Text = Field(description="What it means, in one to three sentences.")

    @property
    def anchor(self) -> str:
        """The place of the word on its page, the same in both languages."""
        return "term-" + "-".join(re.findall(r"[a-z0-9]+", self.name.en.lower()))


class Glossary(Declaration):
    """The file `glossary.yaml`."""

    terms: tuple[Term, ...] = Field(default=(), description="Words, in the order of the page.")
