"""An executive opens the overview, follows what asks for attention, and reads why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from dashboard.i18n import translations
from warehouse.formatting import number
from warehouse.status.critical import CHI_SQUARE, FEW, LEAST_RESIDENTS, SMALL, Z_OF_ENDS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from warehouse.query.store import Store

NUMBER = re.compile(r"[−+]?\d[\d.,]*\d|[−+]?\d")
TALLY = '#main a[href^="/segni?state='


def status(release: Store, indicator: str, territory: str) -> dict[str, Any]:
    """Return the row of the mart, read past the queries of the pages."""
    rows = release.sql("from status").to_pylist()
    return next(r for r in rows if (r["indicator"], r["territory"]) == (indicator, territory))


def numbers_of(row: dict[str, Any]) -> list[float]:
    """Return the numbers of a row and of its periods, and the thresholds that sentences name."""
    found = [float(v) for v in row.values() if isinstance(v, int | float)]
    found += [float(n) for v in row.values() if isinstance(v, str) for n in re.findall(r"\d+", v)]
    found.append(100 * (row["coverage"] or 0))
    return [*found, LEAST_RESIDENTS, FEW, SMALL, CHI_SQUARE, Z_OF_ENDS]


def is_rounded(printed: float, known: list[float]) -> bool:
    """Say whether a printed number is one of the known, rounded."""
    return any(abs(round(value, digits) - printed) < 1e-9 for value in known for digits in range(5))


def decimals(release: Store, indicator: str) -> int:
    """Return with how many decimals an indicator is printed."""
    rows = release.sql("select indicator, decimals from indicator").to_pylist()
    return next(int(r["decimals"]) for r in rows if r["indicator"] == indicator)


def test_from_a_tile_to_the_numbers_of_the_verdict(page: Page, release: Store) -> None:
    t, write = translations("it"), number
    page.goto("/")
    tile = page.locator("a.tile").first
    title = page.locator('#main h1[data-key="title"]').inner_text()
    name = tile.locator("b").inner_text().partition(":")[0]
    assert name.lower() in title.lower()
    finding = tile.locator("small").inner_text()
    tile.click()
    expect(page).to_have_url(re.compile(r"/indicatori/\w+\?territory="))
    indicator, territory = re.findall(r"/indicatori/(\w+)\?territory=([\w-]+)", page.url)[0]
    row, places = status(release, indicator, territory), decimals(release, indicator)
    strip = page.locator("#panel-strip")
    expect(strip).to_contain_text(write(row["last_value"], places, "it"))
    said = strip.inner_text().replace("\xa0", " ")
    assert write(row["last_value"], places, "it") in finding
    for key in (
        f"target.{row['target_sign']}",
        f"direction.{row['direction']}",
        f"reliability.{row['reliability']}",
    ):
        assert t(key).lower() in said.lower(), key
    assert row["target_sign"] in {"missed", "away"}
    assert write(abs(row["distance"]), places, "it") in said
    because = strip.locator(f".tinted.{row['direction']} .why").inner_text()
    known = numbers_of(row)
    printed = [n.replace(".", "").replace(",", ".") for n in NUMBER.findall(because)]
    assert printed
    assert all(is_rounded(float(n.replace("−", "-")), known) for n in printed), (because, row)


@pytest.mark.parametrize("sign", ["better", "worse", "stable", "none"])
def test_the_tally_opens_its_list(page: Page, sign: str) -> None:
    page.goto("/")
    link = page.locator(f'{TALLY}{sign}"]').first
    count = int(re.findall(r"\d+", link.inner_text())[0])
    link.click()
    expect(page).to_have_url(re.compile(f"/segni\\?state={sign}"))
    expect(page.locator("#main table.signs tbody tr")).to_have_count(count)
    words = page.locator(f"#main table.signs tbody .dir.{sign}")
    expect(words).to_have_count(count)
    assert all(page.locator("#main table.signs tbody tr").first.locator("td").all_inner_texts())
