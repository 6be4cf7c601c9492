"""The page of changes, its numbers on other pages, and its slide."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from dashboard.context import Context, route
from dashboard.decks.link import EMPTY, write_link
from dashboard.decks.ready import ready_decks
from dashboard.news.changes import KINDS, MovedTarget, Scope, items, news_since
from dashboard.presentation import present
from dashboard.selection import Selection
from tests.dashboard.test_pages import plain
from warehouse.config import Config, read_config
from warehouse.declarations.decks import Meeting
from warehouse.release.publish import list_releases

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.app import Application
    from dashboard.news.changes import News
    from dashboard.page_cache import Pages
    from dashboard.release_data import ReleaseData


@pytest.fixture(scope="module")
def settings(two_releases: Path) -> Config:
    return read_config(two_releases)


@pytest.fixture(scope="module")
def pages(app_of_two: Application) -> Pages:
    return app_of_two.pages


@pytest.fixture(scope="module")
def names(settings: Config) -> tuple[str, str]:
    """The earlier and the later release."""
    later, earlier = (manifest.release for manifest in list_releases(settings))
    return earlier, later


@pytest.fixture(scope="module")
def now(pages: Pages) -> ReleaseData:
    return pages.release_data(None)


@pytest.fixture(scope="module")
def news(now: ReleaseData) -> News:
    found = news_since(now)
    assert found
    return found


@pytest.fixture(scope="module")
def client(app_of_two: Application) -> TestClient:
    return TestClient(app_of_two.server)


def shown(pages: Pages, address: str) -> str:
    path, _, query = address.partition("?")
    page = pages.page(path, query)
    text = plain([page.panels, page.view, page.chrome])
    assert not re.search(r'"className": ?"panel panel-[\w-]+ failed"', text), address
    return unescape(text).replace('\\"', '"')


def counts(text: str) -> dict[str, int]:
    """Return the numbers of the page by kind."""
    found = re.findall(r'data-key="kind-(\w+)"[^>]*><b>(\d+)</b>', text)
    return {kind: int(count) for kind, count in found}


def rows(text: str) -> int:
    return len(re.findall(r'<tr data-kind="', text))


def test_what_the_earlier_release_lacked_is_in_the_list(now: ReleaseData, news: News) -> None:
    found = items(now, news)
    values = {(i.value.indicator, i.value.territory): i.value for i in found if i.value}
    waste = values["separate_waste_collection", "cm-milano"]
    assert (waste.kind, waste.territory, waste.period_after) == ("new_period", "cm-milano", "2024")
    old, new = (now.earlier(), now)
    assert old
    assert waste.before == old.aggregate_series["separate_waste_collection", "cm-milano"].last.value
    assert waste.after == new.aggregate_series["separate_waste_collection", "cm-milano"].last.value
    assert {item.kind for item in found} >= {"sign", "target", "revision", "project"}


def test_municipalities_that_passed_a_target_are_one_row(now: ReleaseData, news: News) -> None:
    (moved,) = [i.subject for i in items(now, news) if isinstance(i.subject, MovedTarget)]
    assert moved.indicator == "separate_waste_collection"
    assert moved.after - moved.before == len(moved.reached) - len(moved.lost)
    rate = {
        when: {
            territory: line.last.value
            for (_, territory), line in data.municipal_series(moved.indicator).items()
        }
        for when, data in (("before", now.earlier()), ("after", now))
        if data
    }
    for territory in moved.reached:  # the minimum of the law is 65 per cent
        assert round(rate["before"][territory], 1) < 65 <= round(rate["after"][territory], 1)
    for territory in moved.lost:
        assert round(rate["after"][territory], 1) < 65 <= round(rate["before"][territory], 1)


def test_a_sign_that_flipped_has_both_shapes(now: ReleaseData, news: News, pages: Pages) -> None:
    flipped = [item for item in items(now, news) if item.kind == "sign"]
    assert flipped
    assert all(item.sign and item.sign.before != item.sign.after for item in flipped)
    text = shown(pages, "/novita?kind=sign&show=all")
    assert "era «" in text
    assert text.count('<tr data-kind="sign"') == len(flipped)


def test_projects_moved_by_their_reports_milestones_and_money(news: News) -> None:
    moved = {project.row["project"]: project for project in news.projects}
    games = moved["olimpiadi-2026"]
    assert games.before
    assert games.after
    assert len(games.reached) == 2  # 31 January and 31 March 2026
    assert games.difference("funding_total") == pytest.approx(0.1 * games.after["funding_total"])


@pytest.mark.parametrize(
    "query", ["", "area=environment", "territory=nord-milano", "project=olimpiadi-2026", "lang=en"]
)
def test_counts_by_kind_add_up_and_filter(pages: Pages, query: str) -> None:
    count = counts(shown(pages, f"/novita?{query}"))
    assert list(count) == ["all", *KINDS]
    assert count["all"] == sum(count[kind] for kind in KINDS) > 0
    for kind in KINDS:
        assert rows(shown(pages, f"/novita?{query}&kind={kind}&show=all")) == count[kind]


def test_the_farthest_from_its_usual_variation_comes_first(now: ReleaseData, news: News) -> None:
    ratios = [item.ratio for item in items(now, news)]
    known = [ratio for ratio in ratios if ratio is not None]
    assert ratios[: len(known)] == sorted(known, reverse=True)


def test_a_row_has_both_values_and_their_printed_difference(pages: Pages, now: ReleaseData) -> None:
    text = shown(pages, "/novita?show=all&indicator=separate_waste_collection&territory=cm-milano")
    value = news_since(now)
    assert value
    (item,) = items(now, value, Scope(None, "cm-milano", "separate_waste_collection"))
    assert item.value
    assert item.value.before is not None
    assert item.value.after is not None
    old, new = round(item.value.before, 1), round(item.value.after, 1)
    assert f"{old:.1f} ".replace(".", ",") in text
    assert f"<b>{new:.1f}</b>".replace(".", ",") in text
    assert f"+{new - old:.1f}".replace(".", ",") in text
    assert 'class="hollow"' in text
    assert 'class="full"' in text


def test_another_method_has_no_line_between_its_dots() -> None:
    from datetime import date  # noqa: PLC0415  # used here only

    from dashboard.figures.before_after import BeforeAfter, before_after  # noqa: PLC0415

    ends = (date(2011, 1, 1), 60.3), (date(2021, 1, 1), 56.4)
    assert 'class="step"' in before_after(BeforeAfter((), *ends))
    apart = before_after(BeforeAfter((), *ends, can_be_compared=False))
    assert 'class="apart"' in apart
    assert 'class="step"' not in apart


def test_the_title_is_the_sentence_of_the_first_rows(pages: Pages) -> None:
    text = shown(pages, "/novita")
    title = re.search(r'data-key="title"[^>]*>([^<]+)<', text)
    assert title
    assert title[1].startswith("Dal ")
    first = re.search(r'<th scope="row">\s*(?:\\n\s*)?<a href="[^"]+">([^<,]+)', text)
    assert first
    assert first[1] in title[1]


def test_an_unknown_release_to_compare_with_is_named(pages: Pages) -> None:
    assert "non è una pubblicazione precedente" in shown(pages, "/novita?vs=2020-01-01-00000000")


def test_a_day_stands_for_the_release_that_held(pages: Pages, names: tuple[str, str]) -> None:
    assert counts(shown(pages, f"/novita?vs={names[0][:10]}"))["all"] > 0


def test_the_first_release_has_nothing_to_compare_with(
    pages: Pages, names: tuple[str, str]
) -> None:
    assert "È la prima pubblicazione" in shown(pages, f"/novita?release={names[0]}")


@pytest.mark.parametrize(
    ("address", "scope"),
    [
        ("/", Scope()),
        ("/ambiti/environment", Scope(area="environment")),
        ("/territori/nord-milano", Scope(territory="nord-milano")),
        ("/indicatori/separate_waste_collection", Scope(indicator="separate_waste_collection")),
        ("/progetti/olimpiadi-2026", Scope(project="olimpiadi-2026")),
    ],
)
def test_a_page_counts_the_changes_that_concern_it(
    pages: Pages, now: ReleaseData, news: News, address: str, scope: Scope
) -> None:
    link = re.search(
        r'<a href="(/novita[^"]*)" data-key="news">(\d+) novità', shown(pages, address)
    )
    assert link
    assert int(link[2]) == len(items(now, news, scope)) > 0
    assert counts(shown(pages, link[1]))["all"] == int(link[2])


def test_the_csv_has_a_line_for_each_row_of_the_page(client: TestClient, pages: Pages) -> None:
    lines = list(csv.DictReader(io.StringIO(client.get("/api/news.csv").text)))
    assert len(lines) == counts(shown(pages, "/novita"))["all"]
    waste = next(line for line in lines if line["indicator"] == "separate_waste_collection")
    assert float(waste["after"]) > float(waste["before"])


def test_changes_can_be_counted_from_the_meeting_of_a_deck(
    pages: Pages, names: tuple[str, str]
) -> None:
    meeting = Meeting(day=date(2026, 12, 3), release=names[0])
    code = write_link(EMPTY.model_copy(update={"meetings": (meeting,)}))
    text = shown(pages, f"/novita?vs={names[0]}&deck={code}")
    assert "Dalla riunione del 3 dic 2026 (La mia presentazione)" in text
    assert "Riunione del 3 dic 2026: La mia presentazione" in text
    text = shown(pages, f"/novita?vs={names[0]}")
    assert "alla riunione del 3 dic" not in text


def test_what_changed_is_a_slide_of_one_finding_and_a_ready_deck(
    settings: Config, now: ReleaseData
) -> None:
    selection = Selection.read("/novita", "")
    context = Context(settings, now, selection, route(now, "/novita"))
    (slide,) = present(context, "/novita").slides
    assert slide.title.startswith("Dal ")
    assert ";" not in slide.title
    assert 1 <= len(slide.rows) <= 6
    assert all(row.value or row.movement for row in slide.rows)
    assert "novita" in [deck.name for deck in ready_decks(context)]
