"""Names as they are compared: without case, accents, apostrophes, hyphens and spaces."""

from __future__ import annotations

import unicodedata


def letters(text: str) -> str:
    """Return the letters and digits of a text, in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in decomposed if sign.isalnum())
