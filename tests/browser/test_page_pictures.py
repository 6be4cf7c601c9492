"""Each kind of page looks as in its stored picture, light and dark, at three widths.

The pages show a stored release of the invented city: they do not change with the figures or the
day. After a change of looks, `make pictures` draws them again; look at them before committing.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.support.deployment import PROJECT, second_city, serving
from tests.support.page_pictures import LONGEST, difference, reduce, save

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, FloatRect, Page

# Of the second city, renamed: a refresh on that day would give its own name to the same figures.
RELEASE = PROJECT / "tests" / "old_releases" / "2026-11-29-00000001"
PICTURES = PROJECT / "tests" / "browser" / "pictures"
TOLERANCE = 0.005  # of the pixels: another browser draws letters a little differently
SIZES = {1366: 768, 1024: 768, 390: 844}
PAGES = {
    "overview": "/",
    "area": "/ambiti/work",
    "indicator": "/indicatori/mean_wage",
    "territories": "/territori",
    "zone": "/territori/riva",
    "projects": "/progetti",
    "project": "/progetti/fountains",
    "risks": "/progetti/rischi",
    "compare": "/confronta?indicators=mean_wage",
    "signs": "/segni",
    "data": "/dati",
    "room": "/presenta/indicatori/mean_wage",
}


@pytest.fixture(scope="module")
def stored_release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard on the stored release."""
    config = second_city(tmp_path_factory.mktemp("pictures") / "city")
    data = config.with_name("data")
    shutil.copytree(RELEASE, data / "releases" / RELEASE.name)
    (data / "current").write_text(RELEASE.name, encoding="utf-8")
    with serving(config) as (address, _):
        yield address


@pytest.fixture
def screen(browser: Browser, stored_release: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=stored_release, locale="it-IT", reduced_motion="reduce", timezone_id="Europe/Rome"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_in_its_picture(
    screen: Page, name: str, theme: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    address = PAGES[name]
    screen.goto(f"{address}{'&' if '?' in address else '?'}theme={theme}")
    screen.locator("#drawn").wait_for(state="detached")
    faults = []
    for width, height in SIZES.items():
        screen.set_viewport_size({"width": width, "height": height})
        screen.evaluate("() => document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        picture = reduce(_screenshot(screen, width))
        file = PICTURES / f"{name}-{theme}-{width}.png"
        if pytestconfig.getoption("renew_pictures"):
            save(picture, file)
            continue
        with Image.open(file) as stored:
            differs = difference(picture, stored)
        if differs > TOLERANCE:
            save(picture, tmp_path / file.name)
            faults.append(f"{file.name}: {differs:.1%} differ, see {tmp_path / file.name}")
    assert faults == []


def _screenshot(screen: Page, width: int) -> bytes:
    """Return what a picture has of a page; one that is too wide is wider, so that it differs."""
    part: FloatRect = {"x": 0, "y": 0, "width": 2 * width, "height": LONGEST}  # within the page
    return screen.screenshot(full_page=True, animations="disabled", clip=part)


def test_a_panel_that_is_lost_or_moved_is_noticed() -> None:
    with Image.open(PICTURES / "overview-light-1366.png") as stored:
        page = stored.convert("RGB")
    moved = Image.new("RGB", page.size, "white")
    moved.paste(page, (0, 4))
    lost = page.copy()
    lost.paste("white", (page.width // 2, page.height // 4, page.width, page.height // 2))
    assert difference(page, page) == 0
    assert difference(page, moved) > TOLERANCE
    assert difference(page, lost) > TOLERANCE
