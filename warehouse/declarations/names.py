"""Proper names, which keep their capitals where a text in capitals becomes a plain one."""

from __future__ import annotations

from pydantic import Field

from warehouse.declarations.base import Declaration


class Names(Declaration):
    """The file `names.yaml`."""

    names: tuple[str, ...] = Field(
        default=(),
        description="Words of the names of people, places and bodies, each as it is written; "
        "those of territories and of the plan's actors are known.",
    )
