"""Every page at every width, in both languages: no text cut, tiny or over another; no axe finding.

axe-core checks WCAG 2.0 to 2.2, A and AA, and best practice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_walk import ADDRESSES
from tests.support.deployment import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Page

FAULTS = (PROJECT / "tests" / "support" / "layout_faults.js").read_text(encoding="utf-8")
HEIGHTS = {320: 720, 390: 844, 1024: 768, 1366: 768, 1920: 1080}
SETTINGS = {  # language and theme, and the widths, of which axe sees the last
    ("it", "light"): (320, 1024, 1366),
    ("en", "dark"): (1920, 390),
}
RULES = {
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
        ],
    }
}  # fmt: skip


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting[0])
@pytest.mark.parametrize("address", dict.fromkeys(a.partition("?")[0] for a in ADDRESSES))
def test_texts_have_their_place_and_axe_finds_nothing(
    page: Page, address: str, setting: tuple[str, str]
) -> None:
    language, theme = setting
    page.goto(f"{address}?lang={language}&theme={theme}")
    faults: list[str] = []
    for width in SETTINGS[setting]:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.evaluate("() => new Promise(requestAnimationFrame)")
        faults += [f"{width}: {fault}" for fault in page.evaluate(FAULTS)]
    results = Axe().run(page, options=RULES).response["violations"]
    faults += [f"axe {r['id']}: {r['nodes'][0]['target']} × {len(r['nodes'])}" for r in results]
    assert faults == []
