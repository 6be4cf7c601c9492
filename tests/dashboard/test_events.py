"""Events and breaks on the trend: declared, numbered, named, and switched by the address."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dashboard.figures import time_marks
from dashboard.figures.time_marks import TimeMarks
from dashboard.theme import LIGHT
from tests.dashboard.test_pages import draw
from warehouse.declarations.checks import check_catalog
from warehouse.declarations.loader import read_catalog

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

WASTE = "/indicatori/separate_waste_collection"


@pytest.mark.parametrize("lang", ["it", "en"])
def test_events_are_named_under_the_chart_with_their_sources(
    deployed: Config, data: ReleaseData, lang: str
) -> None:
    text = draw(deployed, data, WASTE, f"lang={lang}")
    events = [e for e in data.catalog.events if "separate_waste_collection" in e.indicators]
    assert len(events) >= 3
    for event in events:
        assert event.title.in_(lang) in text
        assert event.address in text
    assert text.count('class=\\"ring\\"') == len(events)


def test_events_are_switched_off_in_the_address_and_breaks_stay(
    deployed: Config, data: ReleaseData
) -> None:
    text = draw(deployed, data, WASTE, "events=off")
    assert 'class=\\"ring\\"' not in text
    assert "programma regionale dei rifiuti" not in text
    assert "cambio di metodo, 2016" in text
    assert "Mostra gli eventi" in text


def test_an_event_of_another_indicator_or_time_is_not_drawn(
    deployed: Config, data: ReleaseData
) -> None:
    text = draw(deployed, data, "/indicatori/mean_taxable_income")
    assert "programma regionale dei rifiuti" not in text
    late = [e for e in data.catalog.events if e.date > "2025" and e.indicators]
    assert late
    for event in late:
        for name in event.indicators:
            lines = [s for (i, _), s in data.aggregate_series.items() if i == name]
            if lines and max(line.last.period for line in lines) < "2025":
                page = draw(deployed, data, f"/indicatori/{name}")
                assert event.title.it not in page


def test_the_numbers_of_near_events_are_above_each_other() -> None:
    events = [date(2021, 1, 1), date(2021, 3, 1), date(2024, 1, 1)]
    days = [date(2010, 1, 1), date(2024, 12, 31)]
    texts = time_marks.texts(TimeMarks([], events), days, LIGHT)
    heights = [text["y"] for text in texts]
    assert heights[1] > heights[0] == heights[2]


def test_an_event_of_an_unknown_indicator_is_an_error(deployed: Config) -> None:
    catalog = read_catalog(deployed.catalog)
    event = catalog.events[0].model_copy(update={"indicators": ("nothing",)})
    (message,) = check_catalog(catalog.model_copy(update={"events": (event,)}))
    assert "nothing" in message.in_("it")
    assert "events.yaml" in message.in_("en")


def test_events_are_a_table_of_the_release(data: ReleaseData) -> None:
    statement = "select indicator, date, title_en from indicator_event order by all"
    rows = data.store.sql(statement).to_pylist()
    declared = [
        {"indicator": name, "date": event.date, "title_en": event.title.en}
        for event in data.catalog.events
        for name in event.indicators
    ]
    assert rows == sorted(declared, key=lambda row: tuple(row.values()))
