"""Cut Titillium Web to the letters that the pages use: `make fonts` after a change of `LETTERS`.

WOFF2 is for browsers, TTF for the pictures that the server draws.

The result is committed, so that neither the server nor `make setup` needs the tools for it.
"""

from __future__ import annotations

from pathlib import Path

import fontpkg_titillium_web
from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = Path(fontpkg_titillium_web.__file__).parent
TARGET = Path(__file__).parents[1] / "dashboard" / "assets" / "fonts"
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
DRAWN = (400, 600)  # weights of pictures
FAMILY = 1  # the name of a font that all weights share in a picture
FEATURES = ["kern", "tnum", "lnum", "liga"]
LETTERS = [
    *range(0x20, 0x17F),  # Latin letters of western and central Europe
    *range(0x2010, 0x2027),  # dashes, quotation marks, bullet, ellipsis
    *(ord(letter) for letter in "‰€←→−≤≥Σ\N{PRIME}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"),
]


def cut(weight: int) -> None:
    """Write one weight as WOFF2, and as TTF if pictures have it."""
    font = TTFont(SOURCE / "files" / f"TitilliumWeb-{WEIGHTS[weight]}.ttf", recalcTimestamp=False)
    options = subset.Options(flavor="woff2", layout_features=FEATURES)
    options.drop_tables += ["FFTM"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(TARGET / f"{weight}.woff2")
    if weight in DRAWN:
        font["name"].setName("Titillium Web", FAMILY, 3, 1, 0x409)
        font.flavor = None
        font.save(TARGET / f"{weight}.ttf")


if __name__ == "__main__":
    for each_weight in WEIGHTS:
        cut(each_weight)
    (TARGET / "LICENSE").write_bytes((SOURCE / "LICENSE").read_bytes())
