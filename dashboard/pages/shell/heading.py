"""The head of each page: where you are, the finding as title, what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import formatting, narrative
from dashboard.pages.actors import panels as actors
from dashboard.pages.common.headlines import leads
from dashboard.pages.plan import panels as plan
from dashboard.pages.project import panels as project
from dashboard.pages.projects import operational, portfolio
from dashboard.pages.risk import panels as risk
from dashboard.pages.territory import panels as territory

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from dashboard.components.html import Html
    from dashboard.context import Page


def unknown(page: Page) -> bool:
    """Say whether the address names something that this release does not have."""
    names = page.place.names
    if "project" in names:
        return not page.facts.rows("project", project=names["project"])
    if "actor" in names:
        return not actors.known(page, names["actor"])
    return (
        ("indicator" in names and names["indicator"] not in page.catalog.indicators)
        or ("area" in names and names["area"] not in {n.id for n in page.catalog.areas})
        or ("territory" in names and names["territory"] not in _with_page(page))
    )


def _with_page(page: Page) -> set[str]:
    """Return the territories that have a page: region and country only stand beside others."""
    return {*page.catalog.territories} - {t.territory for t in page.catalog.references}


def missing(page: Page) -> Html:
    """Say that there is no such page, and where to go instead."""
    return page.html("shell/missing.html", "missing")


def heading(page: Page) -> Html:
    """Return the heading of the page's view."""
    values = {
        "crumbs": [],
        "tally": [],
        "figures": [],
        "actions": False,
        "slide": 1,
        "demonstration": False,
    }
    values.update(_HEADINGS[page.place.view.name](page))
    values.setdefault("tab", values["title"])
    return page.html("shell/heading.html", "heading", **values)


def _home(page: Page) -> tuple[str, str]:
    return page.words("nav.overview"), "/"


def _overview(page: Page) -> dict[str, Any]:
    shown = leads(page)
    counts = narrative.tally(page, shown)
    title = narrative.overview(page, shown)
    return {"title": title, "tally": list(counts.items()), "tab": page.words("nav.overview")}


def _area(page: Page) -> dict[str, Any]:
    position = page.position
    name = page.say(page.area.short or page.area.title)
    loaded = tuple(i for i in page.facts.indicators if i.area == page.area.id)
    title = page.words("heading.area", area=name, sentence=narrative.area(page, loaded))
    label = page.words("heading.area_label", n=position)
    return {
        "title": title,
        "tab": name,
        "crumbs": [_home(page), (label, None)],
        "actions": True,
        "slide": position + 1,
    }


def _indicator(page: Page) -> dict[str, Any]:
    title = page.say(page.indicator.title)
    area = page.say(page.area.short or page.area.title)
    return {
        "title": narrative.indicator(page, page.indicator, page.selection.period),
        "tab": title,
        "crumbs": [_home(page), (area, f"/ambiti/{page.area.id}"), (title, None)],
        "actions": True,
        "slide": page.position + 1,
    }


def _data(page: Page) -> dict[str, Any]:
    rows = sum(t.rows for n, t in page.facts.store.manifest.tables.items() if n == "observation")
    title = page.words(
        "heading.data",
        indicators=len(page.facts.indicators),
        datasets=len(page.facts.rows("datasets")),
        rows=formatting.number(rows, 0, page.lang),
    )
    crumb = page.words("nav.data")
    return {
        "title": title,
        "tab": crumb,
        "crumbs": [_home(page), (crumb, None)],
        "figures": _data_figures(page),
    }


def _data_figures(page: Page) -> list[tuple[str, str, str]]:
    datasets, audits = page.facts.rows("datasets"), page.facts.rows("audits")
    found = {
        "indicators": (len(page.facts.indicators), len(page.catalog.indicators)),
        "datasets": (sum(1 for d in datasets if d["files"]), len(datasets)),
        "audits": (sum(1 for a in audits if a["failures"]), len(audits)),
    }
    refused = formatting.number(len(page.facts.rows("quarantine")), 0, page.lang)
    return [
        *(
            (page.words(f"data.figures_{key}"), str(n), page.words("data.of_all", n=of_all))
            for key, (n, of_all) in found.items()
        ),
        (page.words("data.figures_refused"), refused, ""),
    ]


def _method(page: Page) -> dict[str, Any]:
    crumb = page.words("nav.method")
    title = page.words("heading.method")
    return {"title": title, "tab": crumb, "crumbs": [_home(page), (crumb, None)]}


_HEADINGS: dict[str, Callable[[Page], dict[str, Any]]] = {
    "overview": _overview,
    "area": _area,
    "indicator": _indicator,
    "data": _data,
    "method": _method,
    **territory.HEADINGS,
    **portfolio.HEADINGS,
    **operational.HEADINGS,
    **project.HEADINGS,
    **plan.HEADINGS,
    **actors.HEADINGS,
    **risk.HEADINGS,
}
