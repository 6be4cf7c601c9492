"""Every page at every width, in both languages: no text cut, tiny or over another; no axe finding.

Each address is opened twice, in Italian with the light theme and in English with the dark one; the
widths are shared between both (`SETTINGS`). Each time its title is there and no panel has failed.
axe-core checks WCAG 2.0 to 2.2, A and AA, and best practice; also in high contrast with every
closed part open, and then one menu of each kind. Where the reader's machine sets the colours, no
mark is lost.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from dashboard.pages.help.accessibility import ASSESSMENT
from tests.browser.test_walk import ADDRESSES, expect_page
from tests.support.deployment import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

SCRIPTS = PROJECT / "tests" / "support"
FAULTS = (SCRIPTS / "layout_faults.js").read_text(encoding="utf-8")
MARKS = (SCRIPTS / "marks.js").read_text(encoding="utf-8")
VISIBLE = 3.0  # contrast of a mark
# A text of the colour of the page lies on a plate of that colour, unless its element refuses both.
UNREAD = """() => [...document.querySelectorAll("header *, nav *, main *")].filter((element) => {
  const style = getComputedStyle(element);
  const isPlain = [...element.childNodes].every((node) => node.nodeType !== 3 || !node.data.trim());
  if (isPlain || !element.checkVisibility() || style.forcedColorAdjust === "none") return false;
  return style.color === getComputedStyle(document.body).backgroundColor;
}).map((element) => `text: ${element.textContent.trim().slice(0, 40)}`)"""
CONTRAST = """() => {
  const address = new URL(location.href);
  address.searchParams.set("theme", "contrast");
  history.replaceState(history.state, "", address);
  window.updateTheme();
  for (const part of document.querySelectorAll("details:not(.menu)")) part.open = true;
}"""
OPENED = "data-opened"
MENUS = f"""() => {{  // one menu of each kind: all would lie over one another
  const kinds = new Map([...document.querySelectorAll("details.menu")].reverse()
    .filter((part) => part.checkVisibility()).map((part) => [part.className, part]));
  for (const part of kinds.values()) {{
    part.open = true;
    part.setAttribute("{OPENED}", "");
  }}
}}"""
HEIGHTS = {320: 720, 390: 844, 1024: 768, 1366: 768, 1920: 1080}
SETTINGS = {  # language and theme, and the widths, of which axe sees the last
    ("it", "light"): (320, 1024, 1366),
    ("en", "dark"): (1920, 390),
}
PAGES = tuple(dict.fromkeys(a.partition("?")[0] for a in ADDRESSES))
THEMES = ("light", "dark", "contrast")
RULES = {
    "resultTypes": ["violations"],  # what passed is not described, which takes half of the time
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting[0])
@pytest.mark.parametrize("address", PAGES)
def test_texts_have_their_place_and_axe_finds_nothing(
    page: Page, address: str, setting: tuple[str, str]
) -> None:
    language, theme = setting
    page.goto(f"{address}?lang={language}&theme={theme}")
    expect_page(page, address)
    faults: list[str] = []
    for width in SETTINGS[setting]:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.evaluate("() => new Promise(requestAnimationFrame)")
        faults += [f"{width}: {fault}" for fault in page.evaluate(FAULTS)]
    faults += _axe(page)
    if theme == "light":
        faults += [f"forced colours: {mark}" for mark in _lost_marks(page)]
        page.evaluate(CONTRAST)
        faults += [f"contrast, {fault}" for fault in _axe(page)]
        page.evaluate(MENUS)
        if address == "/":
            page.locator("#search").fill("reddito")
            page.get_by_role("option").first.wait_for()
        parts = [["header"], [f"[{OPENED}]"]]
        faults += [f"contrast, menus, {fault}" for fault in _axe(page, parts)]
    assert faults == []


@pytest.fixture(scope="module", autouse=True)
def assessment(request: pytest.FixtureRequest) -> Iterator[None]:
    """Store what the statement of accessibility says of these tests, once all of them passed."""
    failed = request.session.testsfailed
    yield
    if request.config.getoption("--renew-assessment") and request.session.testsfailed == failed:
        content = {"date": datetime.now(UTC).date().isoformat(), **_measured()}
        ASSESSMENT.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def _measured() -> dict[str, object]:
    """Return what these tests look at, and the axe-core that they run."""
    version = re.search(r"axe v([\d.]+)", Axe().axe_script)
    return {
        "axe": version[1] if version else "",
        "pages": len(PAGES),
        "themes": list(THEMES),
        "languages": [language for language, _ in SETTINGS],
        "widths": sorted(HEIGHTS),
        "findings": 0,
    }


def test_the_statement_of_accessibility_says_what_these_tests_look_at() -> None:
    stored = yaml.safe_load(ASSESSMENT.read_text(encoding="utf-8"))
    assert date.fromisoformat(stored.pop("date")) <= datetime.now(UTC).date()
    assert stored == _measured(), "run make assessment"


def _axe(page: Page, parts: list[list[str]] | None = None) -> list[str]:
    """Return the findings of axe on the page, or on the parts that it has."""
    context = {"include": parts} if parts else None
    results = Axe().run(page, context=context, options=RULES).response["violations"]
    return [f"axe {r['id']}: {r['nodes'][0]['target']} × {len(r['nodes'])}" for r in results]


def _lost_marks(page: Page) -> list[str]:
    """Return the marks that stand out, but not where the reader's machine sets the colours."""
    before = page.evaluate(MARKS)
    page.emulate_media(forced_colors="active", color_scheme="dark")
    after = page.evaluate(MARKS)
    unread = page.evaluate(UNREAD)
    page.emulate_media(forced_colors="none", color_scheme="light")
    assert before
    pairs = zip(before, after, strict=True)
    lost = [mark for (mark, usual), (_, forced) in pairs if forced < VISIBLE <= usual]
    return list(dict.fromkeys([*lost, *unread]))
