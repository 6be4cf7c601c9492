"""The type of the design system, cut to the letters that the pages use."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import fontpkg_titillium_web
from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
LETTERS = [*range(0x20, 0x17F), *range(0x2010, 0x2027), 0x2030, 0x2032, 0x20AC, 0x2190, 0x2192,
           0x2212, 0x2264, 0x2265, 0x2B, 0xF7, 0xD7, 0x3A3, 0xB2, 0xBA, 0x203A]  # fmt: skip


def font(weight: int, folder: Path) -> bytes:
    """Return a weight as WOFF2, cut once and kept in `folder`."""
    path = folder / f"titillium-{weight}.woff2"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        partial.write_bytes(_cut(WEIGHTS[weight]))
        partial.replace(path)
    return path.read_bytes()


def _cut(style: str) -> bytes:
    source = Path(fontpkg_titillium_web.__file__).parent / "files" / f"TitilliumWeb-{style}.ttf"
    face = TTFont(source)
    options = subset.Options(flavor="woff2", layout_features=["kern", "tnum", "lnum", "liga"])
    options.drop_tables += ["FFTM"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(face)
    face.flavor = "woff2"
    out = BytesIO()
    face.save(out)
    return out.getvalue()
