"""The page of an indicator says and draws the news of one territory: title, pace, limits, signs."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.context import Context
from dashboard.pages.indicator.judged_lines import legend, limit_lines, pace_lines
from dashboard.pages.indicator.title import page_title
from dashboard.registry import HEADINGS, PANELS
from dashboard.release_data import ReleaseData
from dashboard.selection import Selection
from dashboard.views import find
from warehouse.query.past_signs import target_signs
from warehouse.query.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from warehouse.config import Config

WASTE = "separate_waste_collection"


@pytest.fixture(scope="module")
def page(deployed: Config, data: ReleaseData) -> Callable[..., Context]:
    """A page of the shipped figures."""
    return lambda path, query="": Context(deployed, data, Selection.read(path, query), find(path))


TITLES = {
    ("separate_waste_collection", "nord-milano", "it"):
        "Raccolta differenziata: Nord Milano perde 1,5 punti in un anno ma resta oltre il 65\xa0% "
        "di legge",
    ("separate_waste_collection", "nord-milano", "en"):
        "Separate collection: Nord Milano loses 1.5 points in a year but stays above the "
        "65\xa0% set by law",
    ("separate_waste_collection", "milano", "it"):
        "Raccolta differenziata: Milano guadagna 0,9 punti in un anno ma resta sotto il 65\xa0% "
        "di legge",
}  # fmt: skip


@pytest.mark.parametrize(("indicator", "zone", "language"), TITLES)
def test_the_title_is_the_news_of_the_chosen_territory(
    page: Callable[..., Context], indicator: str, zone: str, language: str
) -> None:
    context = page(f"/indicatori/{indicator}", f"territory={zone}&lang={language}")
    assert HEADINGS["indicator"](context).title == TITLES[indicator, zone, language]


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_number_of_a_title_is_in_its_series(
    page: Callable[..., Context], language: str
) -> None:
    told = 0
    for indicator in page("/").data.indicators:
        for zone in page("/").catalog.zones:
            query = f"territory={zone.territory}&lang={language}"
            context = page(f"/indicatori/{indicator.id}", query)
            line = context.data.aggregate(indicator.id, zone.territory)
            title = page_title(context, None)
            change = context.data.change(line) if line else None
            assert not re.search(r"[{}]|  ", title), title
            if line is None or change is None or change.municipalities:
                continue
            amount = context.format.number(
                abs(change.amount), 1 if change.kind == "percent" else indicator.decimals
            )
            value = context.format.value(line.last.value, indicator)
            assert amount in title or value in title, title
            told += zone.name in title
    assert told > 300


@pytest.mark.parametrize("zone", ["nord-milano", "sud-ovest"])
def test_the_pace_runs_from_the_last_value_to_each_target_that_is_not_reached(
    page: Callable[..., Context], zone: str
) -> None:
    context = page(f"/indicatori/{WASTE}", f"territory={zone}")
    (line,) = pace_lines(context)
    standing = next(s for s in context.data.standings(WASTE, zone) if s.needed is not None)
    (start, first, label), (end, aim, due) = line.points
    assert (first, label) == (standing.value, standing.period)
    assert (due, line.role) == ("2027", "pace")
    assert aim == pytest.approx(83.3)
    assert standing.needed == pytest.approx((aim - first) / ((end - start).days / 365.25), rel=1e-3)
    chart = str(PANELS["trend"](context).to_plotly_json())
    assert "passo che serve" in chart
    assert "stroke-dasharray" in chart
    assert pace_lines(page("/indicatori/ageing_index")) == []


def test_a_control_chart_has_its_centre_and_limits(page: Callable[..., Context]) -> None:
    rows = page("/").data.store.sql("from status where rule = 'xmr'").to_pylist()
    row = next(r for r in rows if r["territory"] == "cm-milano")
    context = page(f"/indicatori/{row['indicator']}")
    drawn = limit_lines(context)
    assert [line.points[0][1] for line in drawn] == [
        row["limit_low"], row["centre"], row["limit_high"],
    ]  # fmt: skip
    assert {line.role for line in drawn} == {"limit"}
    assert {line.points[1][2] for line in drawn} == {context.format.period(row["last_period"])}
    assert "limiti" in legend(context, drawn)
    assert limit_lines(page(f"/indicatori/{WASTE}")) == []


def test_the_strip_has_the_signs_of_the_last_four_releases(
    page: Callable[..., Context], data: ReleaseData, tmp_path: Path
) -> None:
    manifest, folder = data.store.manifest, data.store.folder
    shutil.copytree(folder, tmp_path / manifest.release)
    changes = {"a": "reached", "b": "missed", "c": None, "old": "missed"}
    earlier = []
    for age, (name, sign) in enumerate(changes.items(), start=1):
        (tmp_path / name).mkdir()
        table = pq.read_table(folder / "status.parquet")
        at = table.schema.get_field_index("target_sign")
        signs = pa.array([sign] * table.num_rows, pa.string())
        pq.write_table(
            table.set_column(at, "target_sign", signs), tmp_path / name / "status.parquet"
        )
        created = manifest.created - timedelta(days=age)
        earlier.append(manifest.model_copy(update={"release": name, "created": created}))
    (tmp_path / "c" / "status.parquet").write_bytes(b"damaged")
    assert target_signs(tmp_path / "c") == {}
    assert target_signs(tmp_path / "removed") == {}
    store = Store(tmp_path / manifest.release)
    now = ReleaseData(data.catalog, store, lambda: (manifest, *earlier))
    context = Context(
        page("/").config, now, Selection.read(f"/indicatori/{WASTE}", "territory=milano"),
        find(f"/indicatori/{WASTE}"),
    )  # fmt: skip
    strip = str(PANELS["strip"](context).to_plotly_json()["props"]["html"])
    # "c" cannot be read, and the fourth before this one is too old
    assert re.findall(r'data-release-sign="(\w+)"', strip) == ["missed", "reached", "missed"]
    assert "Ultime 3 pubblicazioni" in strip
    alone = str(PANELS["strip"](page(f"/indicatori/{WASTE}", "territory=milano")).to_plotly_json())
    assert "data-release-sign" not in alone
