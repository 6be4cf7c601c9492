"""What every declaration is made of: a strict frozen model, and a text in two languages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Declaration(BaseModel):
    """Base of every model: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Text(Declaration):
    """The same words in Italian and English."""

    it: str
    en: str

    def in_(self, language: str) -> str:
        """Return the words in `language` (`it` or `en`)."""
        return self.en if language == "en" else self.it
