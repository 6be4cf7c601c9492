"""Readings: short texts about an area, an indicator or a territory, with the figures they quote."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import Field, ValidationError, model_validator

from warehouse.declarations.base import Declaration, Text
from warehouse.declarations.fields import Period
from warehouse.front_matter import divided
from warehouse.messages import field_error, field_errors, message, unreadable
from warehouse.yaml_loader import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.messages import Message

ENGLISH = ".en"  # before the ending of the file that has the English text


class QuotedFigure(Declaration):
    """A figure that a reading quotes, as it was when it was written."""

    indicator: str = Field(description="An indicator.")
    territory: str = Field(description="Code of the territory.")
    period: Period = Field(description="Period of the value.")
    value: float = Field(description="The value as it was printed.")


class Reading(Declaration):
    """The front matter of a reading; its text follows, its English text is in `<reading>.en.md`.

    With several of `area`, `indicator` and `territory` it is about all of them together.
    """

    id: str = Field(description="The file's name.")
    area: str | None = Field(default=None, description="The policy area that it is about.")
    indicator: str | None = Field(default=None, description="The indicator that it is about.")
    territory: str | None = Field(default=None, description="The territory that it is about.")
    title: Text = Field(description="What it says, in a few words.")
    author: str = Field(min_length=1, description="Who wrote it.")
    day: date = Field(description="The day on which it was written.")
    demonstration: bool = Field(
        default=False, description="It is an example, and marked so wherever shown."
    )
    figures: tuple[QuotedFigure, ...] = Field(
        min_length=1,
        description=(
            "The figures that it quotes: shown beside it; where one of them differs or has a "
            "later period, the reading is marked as older than the data."
        ),
    )
    text: Text = Field(description="Its Markdown; without an English file the Italian in both.")

    @model_validator(mode="after")
    def _has_subject(self) -> Reading:
        if not (self.area or self.indicator or self.territory):
            raise field_error("reading_has_subject")
        return self


def read_readings(folder: Path) -> tuple[tuple[Reading, ...], list[Message]]:
    """Return the readings of a folder, the newest first, and what is wrong in their files."""
    readings: list[Reading] = []
    errors: list[Message] = []
    for path in sorted(folder.glob("*.md")):
        if path.stem.endswith(ENGLISH):
            continue
        try:
            readings.append(_read(path))
        except (yaml.YAMLError, UnicodeDecodeError, TypeError, OSError) as error:
            errors.append(unreadable(path, error))
        except ValidationError as error:
            errors += [
                message("wrong_field", at=path, field=field, said=reason)
                for field, reason in field_errors(error)
            ]
    return tuple(sorted(readings, key=lambda reading: reading.day, reverse=True)), errors


def _read(path: Path) -> Reading:
    head, body = divided(path.read_text(encoding="utf-8"))
    english = path.with_name(f"{path.stem}{ENGLISH}{path.suffix}")
    translation = divided(english.read_text(encoding="utf-8"))[1] if english.exists() else body
    fields: dict[str, Any] = read_yaml(head) or {}
    texts = {"it": body, "en": translation}
    return Reading.model_validate({**fields, "id": path.stem, "text": texts})
