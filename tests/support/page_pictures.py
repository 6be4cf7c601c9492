"""Small pictures of pages, and how much two of them differ."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

SCALE = 6  # pixels of the screen that are one of the picture
LONGEST = 2400  # px of a page; what follows is left out
DISTANCE = 40  # of 255, in a channel: smaller ones are the edges of letters
BEYOND = (255, 0, 0)  # where one picture ends before the other


def reduce(screenshot: bytes) -> Image.Image:
    """Return a screenshot as a small picture."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, LONGEST)))
    size = picture.width // SCALE, picture.height // SCALE
    return picture.resize(size, Image.Resampling.BOX)


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture as a small PNG file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, optimize=True)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the share of pixels, 0 to 1, whose colours are far from each other."""
    size = max(one.width, other.width), max(one.height, other.height)
    first, second = (_on_canvas(picture, size) for picture in (one, other))
    return float((np.abs(first - second).max(axis=2) > DISTANCE).mean())


def _on_canvas(picture: Image.Image, size: tuple[int, int]) -> np.ndarray:
    canvas = Image.new("RGB", size, BEYOND)
    canvas.paste(picture, (0, 0))
    return np.asarray(canvas, dtype=np.int16)
