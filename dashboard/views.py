"""Pages: their addresses and their panels in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class View:
    """A page: its address, with its variables in braces, and its panels in reading order."""

    name: str
    path: str
    panels: tuple[str, ...]
    nav: str = ""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[\\w-]+)", self.path) + r"\Z")

    def match(self, path: str) -> dict[str, str] | None:
        """Return the variables of `path` by name; None where it is another page's."""
        match = self._pattern.match(path)
        return match.groupdict() if match else None


VIEWS = (
    View("overview", "/", ("heading", "attention", "areas", "matrix", "delivery"), "overview"),
    View(
        "area",
        "/ambiti/{area}",
        (
            "heading",
            "multiples",
            "reading",
            "others",
            "area_projects",
            "area_operational",
            "area_works",
            "readings",
        ),
    ),
    View(
        "indicator",
        "/indicatori/{indicator}",
        (
            "heading",
            "controls",
            "strip",
            "trend",
            "map",
            "ranking",
            "drivers",
            "sheet",
            "source",
            "table",
            "readings",
        ),
    ),
    View(
        "compare",
        "/confronta",
        (
            "heading",
            "compare_controls",
            "compare_spine",
            "compare_scatter",
            "compare_ranks",
            "compare_similar",
            "compare_over_time",
            "compare_distribution",
            "compare_convergence",
            "compare_table",
        ),
        "compare",
    ),
    View("signs", "/segni", ("heading", "sign_list"), "overview"),
    View("territories", "/territori", ("heading", "territory_list"), "territories"),
    View(
        "territory",
        "/territori/{territory}",
        ("heading", "identity", "spine", "zone_projects", "largest_works", "places", "readings"),
        "territories",
    ),
    View(
        "projects",
        "/progetti",
        ("heading", "portfolio", "money", "works_by_zone", "together", "sight", "operational"),
        "projects",
    ),
    View(
        "works",
        "/progetti/opere",
        ("heading", "works_find", "works_map", "works_moved", "works"),
        "projects",
    ),
    View(
        "risk",
        "/progetti/rischi",
        (
            "heading",
            "risk_upcoming",
            "risk_late",
            "risk_unfunded",
            "risk_silent",
            "risk_links",
        ),
        "projects",
    ),
    View(
        "project",
        "/progetti/{project}",
        (
            "heading",
            "gantt",
            "spending",
            "funding",
            "milestones",
            "actors",
            "links",
            "children",
            "paid_for",
            "reports",
        ),
        "projects",
    ),
    View(
        "plan",
        "/piano",
        (
            "heading",
            "framework",
            "process",
            "acts",
            "agendas",
            "contributions",
            "crosswalk",
        ),
        "plan",
    ),
    View("news", "/novita", ("heading", "news_controls", "news_kinds", "news_list"), "news"),
    View("actors", "/attori", ("heading", "actor_list"), "actors"),
    View("actor", "/attori/{actor}", ("heading", "actor_projects", "commitments"), "actors"),
    View(
        "data", "/dati", ("heading", "release", "datasets", "coverage", "audits", "refused"), "data"
    ),
    View("decks", "/presentazioni", ("heading", "deck_list"), "decks"),
    View(
        "deck_editor",
        "/presentazioni/mia",
        ("heading", "deck_strip", "deck_page", "deck_sources"),
        "decks",
    ),
    View("deck", "/presentazioni/{deck}", ("heading", "deck_pages"), "decks"),
    View("glossary", "/glossario", ("heading", "glossary", "codebook"), "glossary"),
    View("accessibility", "/accessibilita", ("heading", "statement"), "accessibility"),
    View("method", "/metodo", ("heading", "method"), "method"),
)
PRESENT = "/presenta"  # before the address of a page or a deck: that page in the room
DECKS = "/presentazioni"
MINE = DECKS + "/mia"  # the deck of the reader, which its address holds
MOVED = {"/riunione": f"{PRESENT}{DECKS}/piano"}  # old addresses, which links still name
NEWS = "/novita"
TERRITORIES = "/territori"
MEETING = View("meeting", PRESENT + "/{page}", ("slides",))

# A funded work has the address of a project; which of the two it is, the release says.
WORK = View(
    "work",
    "/progetti/{project}",
    (
        "heading",
        "location",
        "payments",
        "funding",
        "work_sheet",
        "work_actors",
        "related_works",
    ),
    "projects",
)
NOT_FOUND = View("missing", "/{anything}", ("missing",))


@dataclass(frozen=True, slots=True)
class Route:
    """A view and the variables of an address."""

    view: View
    values: dict[str, str] = field(default_factory=dict)


def find(path: str) -> Route:
    """Return the page of a path; an unknown path is the page that says so."""
    if path == PRESENT or path.startswith(PRESENT + "/"):
        return Route(MEETING, {"page": path.removeprefix(PRESENT).strip("/")})
    for view in VIEWS:
        names = view.match(path)
        if names is not None:
            return Route(view, names)
    return Route(NOT_FOUND)
