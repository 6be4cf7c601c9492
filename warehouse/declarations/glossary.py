"""Words that the pages use, explained to their readers."""

from __future__ import annotations

from pydantic import Field

from warehouse.declarations.base import Declaration, Text


class Term(Declaration):
    """A word and what it means on the pages."""

    name: Text = Field(description="The word.")
    text: Text = Field(description="What it means, in one to three sentences.")


class Glossary(Declaration):
    """The file `glossary.yaml`."""

    terms: tuple[Term, ...] = Field(default=(), description="Words, in the order of the page.")
