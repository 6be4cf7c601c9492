"""Field types shared by declarations."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, Field

from warehouse.messages import field_error
from warehouse.periods import PATTERN, is_period

VariableRef = Annotated[str, Field(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$")]


def _inside_folder(path: str) -> str:
    """Check that a path stays inside its folder; a prefix such as `office:` names the folder."""
    plain = PurePosixPath(path.rpartition(":")[2])
    if plain.is_absolute() or ".." in plain.parts or not plain.parts:
        raise field_error("path_below")
    return path


def _ascending(bounds: tuple[float, float]) -> tuple[float, float]:
    low, high = bounds
    if not low <= high:
        raise field_error("bounds_ascend")
    return bounds


def _existing(period: str) -> str:
    if not is_period(period):
        raise field_error("no_such_day")
    return period


Period = Annotated[str, Field(pattern=PATTERN), AfterValidator(_existing)]
PathBelow = Annotated[str, AfterValidator(_inside_folder)]
Bounds = Annotated[tuple[float, float], AfterValidator(_ascending)]
