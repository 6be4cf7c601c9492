"""Base model of every declaration, and texts in two languages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Declaration(BaseModel):
    """Strict, frozen base of every model: an unknown key is an error."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        coerce_numbers_to_str=True,
        ser_json_inf_nan="constants",  # an open bound is read again from a release
    )


class Text(Declaration):
    """The same text in Italian and English."""

    it: str = Field(description="Italian text.")
    en: str = Field(description="English text.")

    def in_(self, language: str) -> str:
        """Return the text in `language` (`it` or `en`)."""
        return self.en if language == "en" else self.it
