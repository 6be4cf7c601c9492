"""The plan cycle that the address selects, and the rows of its queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.pages.common.records import Row
    from warehouse.declarations.plan import Cycle


def selected_cycle(context: Context) -> Cycle:
    """Return the selected plan cycle, by default the current one."""
    plan = context.catalog.plan
    return next((c for c in plan.cycles if c.id == context.selection.cycle), plan.current)


def cycle_rows(context: Context, query: str) -> list[Row]:
    """Return the rows of a query about the selected cycle."""
    return [*context.data.rows(query, cycle=selected_cycle(context).id)]
