"""Targets of indicators: values to reach, legal minimums, reference values."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from warehouse.declarations.base import Declaration, Text
from warehouse.declarations.fields import Period
from warehouse.messages import field_error
from warehouse.periods import Period as Days

Kind = Literal["at_least", "at_most", "between"]
Flag = Literal["target", "legal_minimum", "reference"]
Scope = Literal[
    "every_municipality", "every_part", "metro", "region", "nation", "union", "station", "group"
]


class Target(Declaration):
    """A value to reach by a period, a minimum set by law, or a value to compare with."""

    flag: Flag = Field(
        default="target",
        description="A `reference` is drawn and measured, and judges nobody.",
    )
    kind: Kind = Field(description="Whether the value is to be exceeded, or stayed below.")
    value: float = Field(description="In the indicator's unit; of a band, its lower end.")
    high: float | None = Field(default=None, description="Upper end of a band (`between`).")
    period: Period = Field(description="When it is due; of a legal minimum, since when it holds.")
    baseline: Period | None = Field(
        default=None, description="Where the path begins; without it no pace is computed."
    )
    baseline_value: float | None = Field(
        default=None, description="Value at the baseline of what the target is set for."
    )
    path: Literal["linear", "compound"] = Field(
        default="linear", description="`compound`: the same percentage each year."
    )
    scope: Scope = Field(
        description=(
            "What it is set for. A duty of every municipality, and a zero or a hundred that holds "
            "for every part, also judge zones and the metropolitan city; a target of a region or "
            "nation judges that alone; one of the Union, a limit per station and a mean of a group "
            "judge nobody."
        )
    )
    territory: str | None = Field(
        default=None, description="Code of the one territory that it is set for."
    )
    in_force: Period | None = Field(default=None, description="Since when it has been in force.")
    source: Text = Field(description="The act that sets it.")
    address: str = Field(description="Where the act, or a text about it, can be read.")
    grade: Literal["A", "B"] = Field(
        description="A: read in an official text; B: in a secondary one."
    )
    note: Text | None = Field(default=None, description="How it is to be read here.")

    @model_validator(mode="after")
    def _values_fit_the_kind(self) -> Target:
        if (self.kind == "between") != (self.high is not None):
            raise field_error("band_has_high")
        if self.high is not None and self.high < self.value:
            raise field_error("bounds_ascend")
        if self.baseline and Days.parse(self.baseline).start >= Days.parse(self.period).start:
            raise field_error("baseline_before")
        if self.path == "compound" and self.value <= 0:
            raise field_error("compound_positive")
        return self
