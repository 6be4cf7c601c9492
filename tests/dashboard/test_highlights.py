"""Several highlighted territories are told apart, and the same one is first in every panel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dashboard.context import Context, route
from dashboard.pages.indicator.query import focus
from dashboard.pages.indicator.source import place_of_number
from dashboard.pages.indicator.trend import trend_figure
from dashboard.registry import PANELS
from dashboard.selection import Selection

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

PATH = "/indicatori/separate_waste_collection"
HUES = ["var(--hl)", "var(--t1)", "var(--t2)", "var(--t4)"]


def _context(config: Config, data: ReleaseData, territories: str) -> Context:
    selection = Selection.read(PATH, f"territory={territories}")
    return Context(config, data, selection, route(data, PATH))


def test_each_highlighted_line_has_a_colour_of_its_own(deployed: Config, data: ReleaseData) -> None:
    chosen = ["nord-milano", "milano", "sud-est", "sud-ovest"]
    figure = trend_figure(_context(deployed, data, ",".join(chosen)), 400)
    assert figure
    hues = {
        trace["marker"]["color"]: trace["text"][0].partition(" · ")[0]
        for trace in figure["data"]
        if trace["mode"] == "markers"
    }
    assert [hues[hue] for hue in HUES] == [data.catalog.territories[c].short for c in chosen]


@pytest.mark.parametrize(
    ("territories", "place"),
    [
        ("nord-milano,milano,sud-est", "nord-milano"),
        ("nord-milano,015086", "015086"),
        ("", ""),
    ],
)
def test_the_number_that_is_explained_is_of_the_first_place(
    deployed: Config, data: ReleaseData, territories: str, place: str
) -> None:
    context = _context(deployed, data, territories)
    expected = place if territories else data.catalog.metro.territory
    assert place_of_number(context).territory == expected
    zone = focus(context)
    assert zone is None or zone.territory == "nord-milano"


def test_highlighted_lines_differ_without_their_colours(
    deployed: Config, data: ReleaseData
) -> None:
    chosen = ["nord-milano", "milano", "sud-est", "sud-ovest"]
    figure = trend_figure(_context(deployed, data, ",".join(chosen)), 400)
    assert figure
    hued = [t for t in figure["data"] if t.get("line", t.get("marker", {})).get("color") in HUES]
    patterns = {t["line"].get("dash") for t in hued if t["mode"] == "lines" and "meta" not in t}
    keys = [t["line"].get("dash") for t in hued if "meta" in t]
    symbols = {t["marker"]["symbol"] for t in hued if t["mode"] == "markers"}
    assert symbols == {"circle", "square", "triangle-up", "cross"}
    assert len(set(keys)) == len(chosen)
    assert set(keys) <= patterns


@pytest.mark.parametrize("panel", ["controls", "map", "ranking"])
def test_every_panel_gives_a_territory_the_same_mark(
    deployed: Config, data: ReleaseData, panel: str
) -> None:
    several = str(PANELS[panel](_context(deployed, data, "nord-milano,015086,sud-est")))
    only = str(PANELS[panel](_context(deployed, data, "nord-milano")))
    assert "key-mark" not in only
    # the ranking has the municipalities of the first zone, the chips only zones
    expected = {"controls": {0, 2}, "map": {0, 1, 2}, "ranking": {1}}[panel]
    assert {int(n) for n in re.findall(r"mark t(\d)", several)} == expected
