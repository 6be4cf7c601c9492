"""Names in the form in which they are compared."""

from __future__ import annotations

import unicodedata


def normalise_name(text: str) -> str:
    """Return the letters and digits of a text, in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in decomposed if sign.isalnum())
