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
    "every_municipality", "every_part", "metro", "region", "nation", "union", "station", "group",
    "territory", "project",
]  # fmt: skip


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
            "nation judges that alone, and so does one of a `territory`; one of the Union, of a "
            "`project` without a territory, a limit per station and a mean of a group judge nobody."
        )
    )
    territory: str | None = Field(
        default=None, description="Code of the one territory that it is set for."
    )
    project: str | None = Field(
        default=None, description="The plan's project that it is set for, on whose page it stands."
    )
    in_force: Period | None = Field(
        default=None,
        description="Since when it has been in force; earlier values are not judged by it.",
    )
    source: Text = Field(description="The act that sets it.")
    address: str = Field(
        default="", description="Where the act, or a text about it, can be read; empty if nowhere."
    )
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
        for scope, subject in (("territory", self.territory), ("project", self.project)):
            if self.scope == scope and not subject:
                raise field_error("scope_has_subject")
        return self

    def concerns(self, *territories: str) -> bool:
        """Say whether it is set for one of the territories, or for no single one."""
        return self.territory is None or self.territory in territories


class PlanTarget(Target):
    """A target that the office sets for an indicator of the catalogue, in a file of its own."""

    indicator: str = Field(description="The indicator, by its name.")


class PlanTargets(Declaration):
    """A file of `targets/`, such as the one that `etl load` writes from the office's workbook."""

    id: str = Field(description="The file's name.")
    targets: tuple[PlanTarget, ...] = Field(default=(), description="The office's own targets.")
