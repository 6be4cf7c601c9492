"""An executive asks how old, against which target, where it leads, where projects disagree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from warehouse.formatting import number
from warehouse.status.outlook import continuation

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from warehouse.query.store import Store

WASTE, NURSERIES = "separate_waste_collection", "children_in_municipal_nurseries"
DAYS = 365.25


def row_of(release: Store, table: str, **key: str) -> dict[str, Any]:
    """Return a row of a table, read past the queries of the pages."""
    rows = release.table(table).to_pylist()
    return next(row for row in rows if all(row[name] == value for name, value in key.items()))


def printed(value: float, decimals: int = 1) -> str:
    """Write a number as the page does in Italian."""
    return number(value, decimals, "it")


def test_the_age_of_a_number_and_its_target_are_those_of_the_store(
    page: Page, release: Store
) -> None:
    page.goto(f"/indicatori/{WASTE}?territory=nord-milano")
    status = row_of(release, "status", indicator=WASTE, territory="nord-milano")
    strip = page.locator("#panel-strip")
    expect(strip.locator("dt").first).to_have_text(f"Nord Milano, {status['last_period']}")
    expect(strip.locator("b.large").first).to_have_text(printed(status["last_value"]))
    periods = {
        row["period"]
        for row in release.table("observation").to_pylist()
        if row["indicator"] == WASTE
    }
    expect(page.locator("#main .titles")).to_contain_text(
        f"Dati da {min(periods)} a {max(periods)}"
    )
    day = f"{release.manifest.created:%-d}"
    expect(page.locator("#chrome")).to_contain_text(re.compile(rf"Pubblicazione del {day} "))
    target = row_of(release, "target", indicator=WASTE, target=str(status["target"]))
    standing = row_of(
        release, "target_status", indicator=WASTE, territory="nord-milano", target=target["target"]
    )
    assert (standing["sign"], target["value"] <= status["last_value"]) == ("reached", True)
    expect(strip.locator(".goal-word")).to_contain_text("raggiunto")
    expect(strip).to_contain_text(f"{target['value']:g} %".replace(" ", "\xa0"))
    chart = page.locator("#trend svg")
    expect(chart).to_contain_text(f"di legge {printed(target['value'])}")


def test_an_outlook_is_switched_on_and_leads_where_the_store_s_slope_does(
    page: Page, release: Store
) -> None:
    page.goto(f"/indicatori/{NURSERIES}")
    strokes = page.locator("#trend svg line")
    before = strokes.count()
    page.locator('[data-key="outlook"]').click()
    expect(page).to_have_url(re.compile("outlook=on"))
    expect(page.locator("#trend-head .judged")).to_contain_text("non è una previsione")
    expect(strokes).not_to_have_count(before)
    status = row_of(release, "status", indicator=NURSERIES, territory="cm-milano")
    rows = release.rows("series", indicators=[NURSERIES], territories=["cm-milano"])
    points = [row for row in rows if status["first_period"] <= row["period"]]
    years = [float(row["period"]) for row in points]
    line = continuation(years, [row["value"] for row in points], status["slope"], "theil_sen")
    assert line
    due = int(status["last_period"]) + 3
    outlook = line.in_year(due, (0, 100))
    sheet = page.locator("#panel-sheet")
    expect(sheet).to_contain_text(f"porterebbe nel {due} a {printed(outlook.value)} %")
    expect(sheet).to_contain_text(f"fra {printed(outlook.low)} e {printed(outlook.high)}")
    page.locator('[data-key="outlook"]').click()
    expect(strokes).to_have_count(before)


def test_a_reading_leads_to_the_figure_that_it_quotes(page: Page, release: Store) -> None:
    page.goto("/ambiti/environment")
    note = page.locator("#panel-readings .note").first
    expect(note).to_contain_text("testo dimostrativo")
    quote = note.locator(".quotes li").nth(1)
    value = quote.locator("b").inner_text().split()[0]
    quote.get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"/indicatori/{WASTE}\\?territory=nord-milano$"))
    status = row_of(release, "status", indicator=WASTE, territory="nord-milano")
    assert value == printed(status["last_value"])
    expect(page.locator("#panel-strip b.large").first).to_have_text(value)


def test_a_flag_of_the_line_of_sight_opens_its_rows(page: Page, release: Store) -> None:
    page.goto("/progetti")
    flag = page.locator("table.sight a", has_text="peggiora, nessun progetto").first
    count = int(re.findall(r"\d+", flag.inner_text())[-1])
    flag.click()
    expect(page).to_have_url(re.compile(r"area=\w+&?"))
    (zone,) = re.findall(r"territory=([\w-]+)", page.url)
    links = page.locator("#panel-together a[href*='/indicatori/']")
    expect(links).to_have_count(count)
    for href in links.evaluate_all("links => links.map(link => link.getAttribute('href'))"):
        name = re.findall(r"/indicatori/(\w+)", href)[0]
        assert row_of(release, "status", indicator=name, territory=zone)["direction"] == "worse"
