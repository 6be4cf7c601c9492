"""The menu of the indicator that the panels about a single one show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.common.filters import Menu

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.pages.compare.choice import Choice
    from warehouse.declarations.models import Indicator


def subject_menu(context: Context, compared: Choice, current: Indicator) -> Menu:
    """Return the compared indicators as choices; one holds for all the panels about a single."""
    options = tuple(
        (
            context.translate(indicator.short),
            context.href(territory=compared.codes, indicators=compared.names, subject=indicator.id),
            indicator.id == current.id,
        )
        for indicator in compared.indicators
    )
    label = context.text("data.indicator")
    return Menu("subject", label, context.translate(current.short), options)
