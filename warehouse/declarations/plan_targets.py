"""Targets of the office, added to those that the indicators declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.declarations.targets import Target
from warehouse.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.declarations.models import Indicator
    from warehouse.declarations.targets import PlanTargets
    from warehouse.messages import Message


def add_targets(
    indicators: Mapping[str, Indicator], files: Mapping[str, PlanTargets]
) -> tuple[dict[str, Indicator], list[Message]]:
    """Return the indicators with the targets of all files after their own; and unknown names."""
    complete = dict(indicators)
    errors = []
    for file in files.values():
        for target in file.targets:
            indicator = complete.get(target.indicator)
            if indicator is None:
                path = f"targets/{file.id}.yaml"
                errors.append(
                    message("no_indicator_of_target", at=path, indicator=target.indicator)
                )
                continue
            office_target = Target.model_validate(target.model_dump(exclude={"indicator"}))
            complete[target.indicator] = indicator.model_copy(
                update={"targets": (*indicator.targets, office_target)}
            )
    return complete, errors
