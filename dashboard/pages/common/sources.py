"""Source lines: who made the figures, under which licence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.context import Context
    from warehouse.declarations.models import Indicator


def full(context: Context, *indicators: Indicator) -> str:
    """Return the source line of indicators: attribution and licence of each dataset."""
    citations = context.catalog.citations(*indicators)
    attributions = [citation.attribution(context.language) for citation in citations]
    licences = dict.fromkeys(citation.dataset.licence for citation in citations)
    elaboration = context.text("source.elaboration")
    is_named = any(attribution.endswith(elaboration) for attribution in attributions)
    return " · ".join(
        [*dict.fromkeys(attributions), *licences, *([] if is_named else [elaboration])]
    )


def makers(context: Context, indicator: Indicator) -> str:
    """Name who made the figures of an indicator; its page also names who only publishes them."""
    return context.once(_makers, indicator.id)


def _makers(context: Context, indicator: str) -> str:
    names: list[str] = []
    for citation in context.catalog.citations(context.catalog.indicators[indicator]):
        producers = [producer.in_(context.language) for producer in citation.producers]
        names += producers or [citation.dataset.provider]
    return ", ".join(dict.fromkeys(names))


def short(context: Context, *indicators: Indicator) -> str:
    """Return the source line in short: providers and licences."""
    citations = context.catalog.citations(*indicators)
    providers = ", ".join(dict.fromkeys(c.provider(context.language) for c in citations))
    licences = ", ".join(dict.fromkeys(c.dataset.licence for c in citations))
    return f"{providers} · {licences} · {context.text('source.elaboration')}"
