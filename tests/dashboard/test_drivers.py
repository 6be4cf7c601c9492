"""Drivers of a change: the parts sum to it, exactly, and agree with what is printed."""

from __future__ import annotations

import re
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from dashboard.drivers import Drivers, Part, decompose, explain, starts, usual_start
from dashboard.render import render
from dashboard.selection import Selection
from tests.dashboard.test_pages import plain

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config


def part(place: str, *figures: Any) -> Part:  # noqa: ANN401  # exact fractions instead of floats
    """Return a part of numerators before and after, then denominators before and after."""
    return Part(place, *figures)


def test_a_rate_is_split_into_own_changes_and_weights() -> None:
    # Weights 1/2 and 1/2, then 3/4 and 1/4; rates 10 and 2, then 12 and 2; level 6, then 9.5.
    a, b = decompose(
        [part("a", 500, 900, 50, 75), part("b", 100, 50, 50, 25)], is_sum=False, multiplier=1
    )
    assert a.within == pytest.approx((0.5 + 0.75) / 2 * (12 - 10))
    assert b.within == 0
    assert a.composition == pytest.approx((0.75 - 0.5) * (11 - (6 + 9.5) / 2))
    assert b.composition == pytest.approx((0.25 - 0.5) * (2 - (6 + 9.5) / 2))
    assert a.total + b.total == pytest.approx(9.5 - 6)


def test_a_sum_has_no_composition() -> None:
    parts = [part("a", 5, 8, 0, 0), part("b", 4, 2, 0, 0)]
    assert [(c.within, c.composition) for c in decompose(parts, is_sum=True, multiplier=2)] == [
        (6, 0),
        (-4, 0),
    ]


@pytest.mark.parametrize("is_sum", [True, False])
def test_parts_sum_exactly_to_the_change(*, is_sum: bool) -> None:
    random = Random(16)  # noqa: S311  # cases, not secrets
    for _ in range(500):
        parts = [
            part(
                str(i),
                *(Fraction(random.randint(-50, 500), random.randint(1, 90)) for _ in range(2)),
                *(Fraction(random.randint(0, 9) and random.randint(1, 10**6)) for _ in range(2)),
            )
            for i in range(random.randint(1, 133))
        ]
        sums = [sum(getattr(p, f"denominator_{end}") for p in parts) for end in ("before", "after")]
        if not is_sum and 0 in sums:
            continue
        ends = [sum(getattr(p, f"numerator_{end}") for p in parts) for end in ("before", "after")]
        before, after = ends if is_sum else (e / s for e, s in zip(ends, sums, strict=True))
        multiplier: Any = Fraction(100)
        total = sum(c.total for c in decompose(parts, is_sum=is_sum, multiplier=multiplier))
        assert total == 100 * (after - before)


def test_every_explained_change_of_the_release_is_the_sum_of_its_parts(data: ReleaseData) -> None:
    kinds = set()
    for indicator in data.indicators:
        for place in (*data.catalog.zones, data.catalog.metro):
            line = data.series(indicator.id, place.territory)
            for period in starts(line, indicator, line.last.period)[-3:] if line else ():
                assert line
                result = explain(data, indicator, place, period, line.last.period)
                if not isinstance(result, Drivers):
                    assert result in ("no_figures", "not_summed", "apart")
                    continue
                kinds.add(indicator.aggregate)
                change = result.value_after - result.value_before
                size = max(abs(result.value_before), abs(result.value_after))
                assert result.within + result.composition == pytest.approx(
                    change, rel=1e-6, abs=1e-8 * size
                )
    assert kinds == {"ratio", "sum", "weighted_mean"}


def test_no_change_is_explained_across_a_break(data: ReleaseData) -> None:
    indicator = data.catalog.indicators["separate_waste_collection"]
    broken = next(iter(indicator.breaks))
    line = data.series(indicator.id, data.catalog.metro.territory)
    assert line
    assert line.points[0].period < broken <= line.last.period
    first, last = line.points[0].period, line.last.period
    assert explain(data, indicator, data.catalog.metro, first, last) == "broken"
    assert all(period >= broken for period in starts(line, indicator, last))


def test_printed_rows_and_rounding_make_the_printed_change(
    deployed: Config, data: ReleaseData
) -> None:
    for name in ("separate_waste_collection", "mean_taxable_income", "resident_population"):
        for place in ("nord-milano", "sud-est", ""):
            text = _panel(deployed, data, f"/indicatori/{name}", f"territory={place}")
            body, foot = text.split("<tfoot>")
            cells = re.findall(r'<td class="num">(?:<b>)?([+−]?[\d.,]+)(?:</b>)?</td>', body)
            cells += re.findall(r'<td class="num">([+−]?[\d.,]+)</td>', foot)  # rounding
            (total,) = re.findall(r'<td class="num"><b>([+−]?[\d.,]+)</b></td>', foot)
            before, after = re.findall(r"<b>([−\d.,]+) → ([−\d.,]+)</b>", foot)[0]
            assert len(cells) > 1
            assert sum(map(_thousandths, cells)) == _thousandths(total)
            assert _thousandths(after) - _thousandths(before) == _thousandths(total)


def _panel(deployed: Config, data: ReleaseData, path: str, query: str) -> str:
    panels, _, _ = render(deployed, data, Selection.read(path, query))
    (drivers,) = (p for p in panels if "panel-drivers" in str(getattr(p, "className", "")))
    return plain(drivers).replace('\\"', '"')


def _thousandths(text: str) -> int:
    return round(1000 * float(text.replace(".", "").replace(",", ".").replace("−", "-")))


def test_the_start_is_chosen_in_the_address(deployed: Config, data: ReleaseData) -> None:
    path, query = "/indicatori/separate_waste_collection", "territory=nord-milano"
    assert "2023 → 2024" in _panel(deployed, data, path, query)
    assert "2022 → 2024" in _panel(deployed, data, path, query + "&since=2022")
    assert "2023 → 2024" in _panel(deployed, data, path, query + "&since=2010")  # other method
    line = data.series("separate_waste_collection", "nord-milano")
    assert line
    assert usual_start(line, "2024") == "2023"


def test_the_file_has_every_municipality_and_the_territory(app: Dash, data: ReleaseData) -> None:
    client = TestClient(app.server)
    address = "/api/indicators/separate_waste_collection/drivers"
    query = {"territory": "nord-milano", "before": "2023", "after": "2024"}
    rows = client.get(f"{address}.csv", params=query).text.split("\r\n")
    assert rows[0].startswith("territory,name,indicator,before,after,value_before")
    assert len(rows) == 1 + len(data.municipalities["nord-milano"]) + 1 + 1
    values = client.get(address, params=query).json()
    assert sum(row["contribution"] for row in values["contributions"]) == pytest.approx(
        values["value_after"] - values["value_before"]
    )
    for wrong in ({"territory": "none"}, {"before": "x"}, {"before": "2010"}):
        answer = client.get(address, params=query | wrong)
        assert answer.status_code == 404
        assert answer.json()["detail"]
