"""The head of each page: where you are, the finding as title, what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import narrative, registry
from dashboard.pages.actors import panels as actors
from dashboard.pages.common.headlines import leads
from dashboard.registry import HEADINGS, panel

if TYPE_CHECKING:
    from typing import Any

    from dashboard.components.html import Html
    from dashboard.context import Context


def unknown(context: Context) -> bool:
    """Say whether the address names something that this release does not have."""
    names = context.route.values
    if "project" in names:
        return not context.data.rows("project", project=names["project"])
    if "actor" in names:
        return not actors.known(context, names["actor"])
    return (
        ("indicator" in names and names["indicator"] not in context.catalog.indicators)
        or ("area" in names and names["area"] not in {n.id for n in context.catalog.areas})
        or ("territory" in names and names["territory"] not in _with_page(context))
    )


def _with_page(context: Context) -> set[str]:
    """Return the territories that have a page: region and country only stand beside others."""
    return {*context.catalog.territories} - {t.territory for t in context.catalog.references}


@panel("missing")
def missing(context: Context) -> Html:
    """Say that there is no such context, and where to go instead."""
    return context.panel("shell/missing.html", "missing")


@panel("heading")
def heading(context: Context) -> Html:
    """Return the heading of the page's view."""
    values = {
        "crumbs": [],
        "tally": [],
        "figures": [],
        "actions": False,
        "slide": 1,
        "demonstration": False,
    }
    values.update(HEADINGS[context.route.view.name](context))
    values.setdefault("tab", values["title"])
    return context.panel("shell/heading.html", "heading", **values)


def _home(context: Context) -> tuple[str, str]:
    return context.text("nav.overview"), "/"


@registry.heading("overview")
def _overview(context: Context) -> dict[str, Any]:
    shown = leads(context)
    counts = narrative.tally(context, shown)
    title = narrative.overview(context, shown)
    return {"title": title, "tally": list(counts.items()), "tab": context.text("nav.overview")}


@registry.heading("area")
def _area(context: Context) -> dict[str, Any]:
    position = context.position
    name = context.translate(context.area.short or context.area.title)
    loaded = tuple(i for i in context.data.indicators if i.area == context.area.id)
    title = context.text("heading.area", area=name, sentence=narrative.area(context, loaded))
    label = context.text("heading.area_label", n=position)
    return {
        "title": title,
        "tab": name,
        "crumbs": [_home(context), (label, None)],
        "actions": True,
        "slide": position + 1,
    }


@registry.heading("indicator")
def _indicator(context: Context) -> dict[str, Any]:
    title = context.translate(context.indicator.title)
    area = context.translate(context.area.short or context.area.title)
    return {
        "title": narrative.indicator(context, context.indicator, context.selection.period),
        "tab": title,
        "crumbs": [_home(context), (area, f"/ambiti/{context.area.id}"), (title, None)],
        "actions": True,
        "slide": context.position + 1,
    }


@registry.heading("data")
def _data(context: Context) -> dict[str, Any]:
    rows = sum(t.rows for n, t in context.data.store.manifest.tables.items() if n == "observation")
    title = context.text(
        "heading.data",
        indicators=len(context.data.indicators),
        datasets=len(context.data.rows("datasets")),
        rows=context.format.number(rows, 0),
    )
    crumb = context.text("nav.data")
    return {
        "title": title,
        "tab": crumb,
        "crumbs": [_home(context), (crumb, None)],
        "figures": _data_figures(context),
    }


def _data_figures(context: Context) -> list[tuple[str, str, str]]:
    datasets, audits = context.data.rows("datasets"), context.data.rows("audits")
    found = {
        "indicators": (len(context.data.indicators), len(context.catalog.indicators)),
        "datasets": (sum(1 for d in datasets if d["files"]), len(datasets)),
        "audits": (sum(1 for a in audits if a["failures"]), len(audits)),
    }
    refused = context.format.number(len(context.data.rows("quarantine")), 0)
    return [
        *(
            (context.text(f"data.figures_{key}"), str(n), context.text("data.of_all", n=of_all))
            for key, (n, of_all) in found.items()
        ),
        (context.text("data.figures_refused"), refused, ""),
    ]


@registry.heading("method")
def _method(context: Context) -> dict[str, Any]:
    crumb = context.text("nav.method")
    title = context.text("heading.method")
    return {"title": title, "tab": crumb, "crumbs": [_home(context), (crumb, None)]}
