"""Progress of the plan's projects: five computed by hand, and each rule of a state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from tests.support.deployment import PROJECT
from tests.warehouse.test_project_queries import project_tables
from warehouse.build.build import build_draft
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog
from warehouse.query.releases import Releases
from warehouse.release.publish import publish
from warehouse.schema.project_tables import PROJECT_TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.query.store import Store

TODAY = date(2026, 8, 16)


def published(folder: Path, tables: dict[str, pa.Table]) -> Store:
    path = folder / "config.yaml"
    path.write_text(f"catalog: {PROJECT / 'warehouse/catalog'}\ndata: data\n", encoding="utf-8")
    config = read_config(path)
    draft = build_draft(config, read_catalog(config.catalog), tables)
    publish(config, draft.release)
    return Releases(config).open()


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return published(tmp_path_factory.mktemp("example"), project_tables())


def progress_of(store: Store, project: str, day: date = TODAY) -> dict[str, Any]:
    for level in ("strategic", "operational"):
        frame = store.frame("portfolio", level=level, today=day.isoformat())
        row: list[dict[str, Any]] = frame[frame["project"] == project].to_dict("records")  # type: ignore[assignment]  # keys are words
        if row:
            return row[0]
    raise AssertionError(project)


def test_remix_is_done_by_82_percent_and_late_by_577_days(example: Store) -> None:
    row = progress_of(example, "remix")
    # done: 0.05 + 0.18 + 0.20 + 0.25 = 0.68; under way: 0.17 × 0.6 + 0.10 × 0.3 + 0.05 × 0.16
    assert row["physical"] == pytest.approx(0.68 + 0.102 + 0.03 + 0.008)
    assert row["planned"] == pytest.approx(1)  # the first plan ended on 31 July 2025
    assert row["financial"] == pytest.approx(28.4 / 40)  # public money that is there; the
    assert row["to_be_found"] == 2_100_000  # private 6.5 M€ and what is to be found are apart
    assert row["delay_days"] == (date(2027, 2, 28) - date(2025, 7, 31)).days == 577
    assert (row["state"], row["reason"]) == ("late", "late_finish")


def test_the_park_is_ahead_but_lacks_money(example: Store) -> None:
    row = progress_of(example, "parco-idroscalo")
    # done 0.1 + 0.1 + 0.2 + 0.15; the fifth step 0.2 × 0.45
    assert row["physical"] == pytest.approx(0.55 + 0.09)
    # planned: 167 of the 669 days from 2 March 2026 to 31 December 2027 of the fifth step
    assert row["planned"] == pytest.approx(0.55 + 0.2 * 167 / 669)
    assert row["financial"] == pytest.approx(9.6 / 18.4)
    assert (row["state"], row["reason"], row["reason_value"]) == (
        "attention", "unfunded", 3_500_000,
    )  # fmt: skip


def test_the_waste_authority_ends_426_days_late(example: Store) -> None:
    row = progress_of(example, "ato-rifiuti")
    assert row["physical"] == pytest.approx(0.2 + 0.2 * 0.7 + 0.2 * 0.2)
    assert row["planned"] == pytest.approx(0.6 + 0.25 * 7 / 83)  # 7 of 83 days of the fourth
    assert row["financial"] == pytest.approx(0.6 / 3.1)
    assert row["delay_days"] == 426  # 31 October 2026 to 31 December 2027


def test_young_people_are_on_track_two_points_behind(example: Store) -> None:
    row = progress_of(example, "giovani")
    assert row["physical"] == pytest.approx(0.6 + 0.15 * 0.533333, abs=1e-6)
    assert row["planned"] == pytest.approx(0.6 + 0.15 * 336 / 504)  # from 14 September 2025
    assert row["financial"] == pytest.approx(7.9 / 12.5)
    assert (row["state"], row["delay_days"]) == ("on_track", 0)


def test_the_digital_campus_at_the_end_of_2022(example: Store) -> None:
    row = progress_of(example, "op-campus-digitale-scolastico", date(2022, 12, 31))
    assert row["physical"] == pytest.approx(0.2 + 0.5 * 0.56)  # the report of that day
    assert row["planned"] == pytest.approx(0.2 + 0.5 * 790 / 1122)
    assert row["financial"] == pytest.approx(548_000 / 1_300_000)  # paid up to 2022
    assert row["silent_days"] == 0
    assert row["state"] == "on_track"
    half = progress_of(example, "op-campus-digitale-scolastico", date(2022, 6, 30))
    assert half["paid"] == 370_000  # what was paid in 2022 is known when the year is over


def test_weights_of_the_operational_projects_add_up_in_each_strategic_one(example: Store) -> None:
    frame = example.frame("portfolio", level="operational", today=TODAY.isoformat())
    sums = frame.groupby("parent")["weight"].sum()
    assert sums.round(9).eq(1).all()
    assert len(sums) == 10


# A small portfolio made for the rules.
PLAN = {"baseline_start": date(2025, 1, 1), "baseline_end": date(2025, 12, 31)}
DAY = date(2026, 1, 31)


def step(project: str, number: int = 1, **more: object) -> dict[str, object]:
    key = {"project": project, "milestone": f"m{number}", "position": number, "weight": 1.0}
    return {**key, "title_it": "t", "kind": "works", "completed": 0.0, **PLAN,
            "planned_end": PLAN["baseline_end"], **more}  # fmt: skip


def finished(pace: float) -> dict[str, object]:
    """Return a step that was planned for 100 days and took `pace` times as long."""
    start = date(2024, 1, 1)
    planned, end = start + timedelta(days=100), start + timedelta(days=round(100 * pace))
    started = {"baseline_start": start, "baseline_end": planned, "actual_start": start}
    ended = {"planned_end": end, "actual_end": end, "completed": 1.0}
    return step("ended", int(pace * 100), **started, **ended)


PACES = (1.0, 1.1, 1.2, 1.3, 1.4)
STEPS = [
    *map(finished, PACES),
    step("half", actual_start=date(2025, 11, 23), baseline_start=date(2025, 11, 23),
         baseline_end=date(2026, 6, 11), planned_end=date(2026, 6, 11), completed=0.5),
    step("overdue", actual_start=date(2025, 1, 1), completed=0.9),
    step("unknown", actual_start=date(2025, 1, 1), completed=None),
    step("stopped", actual_start=date(2025, 1, 1), completed=0.5, planned_end=date(2027, 1, 1)),
    step("silent", actual_start=date(2025, 1, 1), baseline_end=date(2026, 12, 31),
         planned_end=date(2026, 12, 31), completed=0.6),
]  # fmt: skip
NAMES = ("ended", "half", "overdue", "unknown", "stopped", "silent", "targets", "bare")


def table(name: str, rows: list[dict[str, object]]) -> pa.Table:
    loose = pa.schema([f.with_nullable(nullable=True) for f in PROJECT_TABLES[name].schema])
    return pa.Table.from_pylist(rows, schema=loose)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    projects = [
        {"project": name, "level": "operational", "title_it": name, "extracted": DAY}
        for name in NAMES
    ]
    reports = [
        {"project": "stopped", "reported": date(2026, 1, 15), "state": "suspended"},
        {"project": "silent", "reported": date(2025, 9, 1), "state": "running"},
    ]
    targets = [{"project": "targets", "indicator": "ageing_index", "baseline": 10.0,
                "target": 30.0, "realised": 15.0}]  # fmt: skip
    tables = {
        "project": projects,
        "milestone": STEPS,
        "progress_report": reports,
        "project_indicator": targets,
    }
    converted = {name: table(name, rows) for name, rows in tables.items()}
    return published(tmp_path_factory.mktemp("small"), converted)


@pytest.mark.parametrize(
    ("project", "state", "reason", "figure"),
    [
        ("ended", "done", "done", None),
        ("half", "on_track", "on_track", None),
        # due on 31 December 2025, 31 days before: later than 30, not than 90
        ("overdue", "attention", "overdue_step", 31),
        ("unknown", "unknown", "no_report", None),
        ("stopped", "suspended", "suspended", None),  # late too, but what is declared counts
        ("silent", "attention", "silent", 152),  # from 1 September 2025
        ("bare", "unknown", "no_steps", None),
    ],
)
def test_each_state_has_its_rule(
    small: Store, project: str, state: str, reason: str, figure: float | None
) -> None:
    row = progress_of(small, project, DAY)
    assert (row["state"], row["reason"]) == (state, reason)
    if figure is not None:
        assert row["reason_value"] == figure


def test_without_milestones_progress_is_realised_over_target(small: Store) -> None:
    row = progress_of(small, "targets", DAY)
    assert row["physical"] == pytest.approx((15 - 10) / (30 - 10))
    assert row["physical_by_indicators"]


def test_the_likely_end_goes_by_the_pace_of_like_steps(small: Store) -> None:
    row = progress_of(small, "half", DAY)
    # half of 200 days is left; five finished steps of works took 1.0 to 1.4 times as long:
    # the quartiles are 1.1 and 1.3, so between 110 and 130 days from now
    assert row["finish_sample"] == len(PACES)
    assert not row["finish_of_all_kinds"]
    assert row["finish_low"].date() == DAY + timedelta(days=110)
    assert row["finish_high"].date() == DAY + timedelta(days=130)


def test_with_too_few_finished_steps_no_end_is_foretold(small: Store) -> None:
    early = progress_of(small, "half", date(2024, 4, 20))  # one step had ended by then
    assert early["finish_sample"] is None or early["finish_sample"] != early["finish_sample"]
