"""A city whose figures are still to come has pages that say so; none of their panels fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.context import Context, route
from dashboard.registry import PICTURES
from dashboard.release_data import ReleaseData
from dashboard.render import render
from dashboard.selection import Selection
from tests.support.deployment import deploy
from tests.support.small_city import RESIDENTS, indicator, small_catalog, store_of
from warehouse.config import read_config
from warehouse.release.publish import list_releases

if TYPE_CHECKING:
    from warehouse.config import Config

TOTAL = indicator("total", "sum")
PATHS = (
    *("/", "/territori", "/territori/nord-milano", "/territori/015077", "/ambiti/economy"),
    *("/indicatori", "/indicatori/total", "/confronta", "/segni", "/novita", "/dati", "/metodo"),
    *("/progetti", "/progetti/rischi", "/progetti/opere", "/piano", "/attori", "/glossario"),
    *("/presenta", "/presenta/territori/nord-milano", "/presenta/indicatori/total"),
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Config, ReleaseData]:
    """A release with residents and no figure of an indicator."""
    config = read_config(deploy(tmp_path_factory.mktemp("empty")))
    store = store_of(config, RESIDENTS, TOTAL)
    return config, ReleaseData(small_catalog(TOTAL), store, lambda: list_releases(config))


@pytest.mark.parametrize("path", PATHS)
def test_no_panel_of_a_page_without_figures_fails(
    path: str, empty: tuple[Config, ReleaseData]
) -> None:
    panels, _, _ = render(*empty, Selection.read(path, ""))
    classes = [getattr(panel, "className", "") for panel in panels]
    assert [name for name in classes if "failed" in name] == []


@pytest.mark.parametrize("path", PATHS)
def test_the_picture_of_a_panel_without_figures_is_none_or_a_table(
    path: str, empty: tuple[Config, ReleaseData]
) -> None:
    config, data = empty
    context = Context(config, data, Selection.read(path, ""), route(data, path))
    for name in context.route.view.panels:
        picture = PICTURES[name](context) if name in PICTURES else None
        assert picture is None or picture.table.titles
