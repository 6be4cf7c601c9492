"""Notes on single values are shown with the value and with the zones that it moves."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from dashboard.export import tables
from dashboard.place_notes import effect, moved_values
from dashboard.release_data import ReleaseData
from tests.dashboard.test_pages import draw
from tests.support.specimens import CATALOG
from warehouse.config import read_config
from warehouse.declarations.annotations import Annotation
from warehouse.declarations.checks import check_catalog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from warehouse.query.store import Store

WASTE_COST = CATALOG.indicators["waste_management_cost"]
SEGRATE, ADDA, METRO = "015205", "adda-martesana", "cm-milano"


@pytest.fixture(scope="module")
def noted(release: Store) -> Callable[[str], ReleaseData]:
    """What the pages read, if the note were on another period."""
    (note,) = CATALOG.annotations

    def read(period: str) -> ReleaseData:
        moved = note.model_copy(update={"period": period})
        return ReleaseData(
            CATALOG.model_copy(update={"annotations": (moved,)}), release, lambda: ()
        )

    return cache(read)


def test_a_note_marks_its_place_and_the_territories_that_contain_it(data: ReleaseData) -> None:
    assert set(moved_values(data, WASTE_COST)) == {
        (code, "2021") for code in (SEGRATE, ADDA, METRO)
    }
    assert moved_values(data, CATALOG.indicators["ageing_index"]) == {}


def test_the_effect_is_the_value_with_the_place_less_the_value_without_it(
    data: ReleaseData,
) -> None:
    # Adda Martesana 58,187,277 € over 391,155; without Segrate's 289.90 × 36,655 over 354,500
    points = [
        line.point("2021") for code in (ADDA, SEGRATE) if (line := data.series(WASTE_COST.id, code))
    ]
    whole, part = points
    assert whole
    assert part
    assert round(whole.value, 2) == 148.76
    assert effect(whole, part) == pytest.approx(148.7576 - 134.1636, abs=1e-3)


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("it", ("costo fuori serie", "Sposta Adda Martesana +14,6, Città metropolitana")),
        ("en", ("cost out of line", "It moves Adda Martesana +14.6, Città metropolitana")),
    ],
)
def test_the_page_of_the_indicator_shows_the_note_in_its_period(
    deployment: Path, data: ReleaseData, lang: str, texts: tuple[str, ...]
) -> None:
    config = read_config(deployment)
    path = "/indicatori/waste_management_cost"
    page = draw(config, data, path, f"lang={lang}&period=2021")
    assert page.count(texts[1]) == 3  # under trend, ranking and table
    assert page.count(texts[0]) > 3  # and in the tooltips of the map
    assert "†" in page
    other = draw(config, data, path, f"lang={lang}&period=2024")
    assert other.count(texts[0]) == 2  # trend and table have all periods


def test_a_download_has_the_note_with_the_value_and_with_the_zone(data: ReleaseData) -> None:
    rows = list(csv.DictReader(io.StringIO(tables.csv(data, WASTE_COST, "int", "en"))))
    noted = {(r["territory"], r["period"]) for r in rows if r["note"]}
    assert noted == {(code, "2021") for code in (SEGRATE, ADDA, METRO)}
    assert all(r["note"].startswith("Segrate: cost out of line") for r in rows if r["note"])


def test_an_unknown_subject_or_place_is_an_error() -> None:
    (note,) = CATALOG.annotations
    wrong = note.model_copy(update={"subject": "waste_cost.nothing", "territory": "999999"})
    catalog = CATALOG.model_copy(update={"annotations": (wrong,)})
    errors = [error.in_("en") for error in check_catalog(catalog)]
    assert any("waste_cost.nothing" in error for error in errors)
    assert any("999999" in error for error in errors)
    with pytest.raises(ValidationError):
        Annotation.model_validate(note.model_dump() | {"period": "soon"})


@pytest.mark.parametrize("period", ["2024", "2023"])  # the value, and what it is compared with
@pytest.mark.parametrize("place", [SEGRATE, ADDA, METRO])
def test_the_page_of_a_territory_shows_the_note_on_its_value_and_on_its_change(
    deployment: Path, noted: Callable[[str], ReleaseData], place: str, period: str
) -> None:
    data = noted(period)
    config = read_config(deployment)
    page = draw(config, data, f"/territori/{place}", "show=all")
    text = "Costo dei rifiuti per abitante, Segrate, " + period + ": costo fuori serie"
    assert page.count(f"† {text}") == 1  # below the chart
    assert page.count(f'title=\\"Segrate, {period}: costo fuori serie') == 1  # beside the value
    elsewhere = draw(config, data, "/territori/nord-milano", "show=all")
    assert "costo fuori serie" not in elsewhere


def test_an_old_note_is_not_on_the_page_of_its_territory(
    deployment: Path, data: ReleaseData
) -> None:
    page = draw(read_config(deployment), data, f"/territori/{SEGRATE}", "show=all")
    assert "costo fuori serie" not in page  # of 2021, and the page shows 2023 and 2024
