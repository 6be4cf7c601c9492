"""A reader comes back: what changed since, its kinds, and the way to an indicator as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.deployment import serving
from warehouse.config import read_config
from warehouse.release.publish import list_releases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def server(two_releases: Path) -> Iterator[str]:
    """The dashboard on a deployment of two releases."""
    with serving(two_releases) as (address, _):
        yield address


def test_what_changed_since_the_last_visit(page: Page, two_releases: Path) -> None:
    later, earlier = (m.release for m in list_releases(read_config(two_releases)))
    page.goto("/")
    expect(page.locator("a.visit")).to_be_hidden()  # the first visit
    page.evaluate("release => localStorage.setItem('release-seen', release)", earlier)
    page.goto("/")
    link = page.locator("a.visit")
    expect(link).to_contain_text("Da quando eri qui")
    assert page.evaluate("localStorage.getItem('release-seen')") == later
    link.click()
    expect(page).to_have_url(re.compile(rf"/novita\?vs={earlier}"))
    total = int(page.locator('[data-key="kind-all"] b').inner_text())
    kinds = page.locator(".kinds a:not([data-key=kind-all]) b").all_inner_texts()
    assert total == sum(int(kind) for kind in kinds) > 0
    page.locator('[data-key="kind-sign"]').click()
    expect(page).to_have_url(re.compile("kind=sign"))
    expect(page.locator("table.news tbody tr").first).to_have_attribute("data-kind", "sign")
    page.locator("table.news th a").first.click()
    expect(page).to_have_url(re.compile(rf"/indicatori/\w+\?.*vs={earlier}"))
    expect(page.locator("#main")).to_contain_text("Linea punteggiata")


def test_a_past_release_leads_back_to_today(page: Page, two_releases: Path) -> None:
    earlier = list_releases(read_config(two_releases))[-1].release
    page.goto(f"/territori/nord-milano?release={earlier}")
    expect(page.locator(".banner")).to_contain_text("Com'era alla pubblicazione del")
    page.locator(".banner a").click()
    expect(page).to_have_url(re.compile(r"/territori/nord-milano$"))
    expect(page.locator(".banner")).to_have_count(0)
