"""The figures of a file that fails as a whole, and what its rejection says about them."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from etl.pipeline.merge import carried_over, merge
from etl.quarantine import reject, table
from warehouse.schema.conform import conform
from warehouse.schema.input_tables import INPUTS

FILE = "people.csv"
MENDED = {
    "dataset": "people",
    "variable": "births",
    "territory": "900001",
    "period": "2023",
    "expected": 9.0,
    "corrected": 8.0,
    "found": 9.0,
    "applied": True,
    "status": "confirmed",
    "reason_it": "perché",
    "reason_en": "why",
}


def inputs(**rows: list[dict[str, object]]) -> dict[str, pa.Table]:
    """Return tables of a release with these rows and nothing else."""
    tables = {
        name: conform(name, pa.Table.from_pylist(records, schema=INPUTS[name].schema))
        for name, records in rows.items()
    }
    return merge(tables)


def snapshot(dataset: str, file: str = FILE) -> dict[str, object]:
    return {"snapshot": file, "dataset": dataset, "file": file, "bytes": 1, "rows": 1}


def figure(dataset: str, variable: str) -> dict[str, object]:
    place = {"dataset": dataset, "variable": variable, "territory": "900001", "period": "2023"}
    return {**place, "value": 8.0, "obs_status": "A", "snapshot": FILE}


def failed(*datasets: str) -> dict[str, pa.Table]:
    """Return what a run reads whose one file, of these datasets, is empty."""
    return inputs() | {"quarantine": table((d, FILE, reject("empty")) for d in datasets)}


def messages(read: dict[str, pa.Table]) -> dict[str, str]:
    rows = read["quarantine"].to_pandas()
    return dict(zip(rows["dataset"], rows["message_en"], strict=True))


@pytest.mark.parametrize(
    "before",
    [None, inputs(), inputs(snapshot=[snapshot("people", "others.csv")])],
    ids=["first release", "new dataset", "new file"],
)
def test_figures_that_no_release_has_are_reported_missing(
    before: dict[str, pa.Table] | None,
) -> None:
    read = carried_over(failed("people"), before)
    assert not read["component"].num_rows
    assert "are missing" in messages(read)["people"]
    assert "stay" not in messages(read)["people"]


def test_a_file_of_two_datasets_counts_the_figures_of_each() -> None:
    before = inputs(
        snapshot=[snapshot("people"), snapshot("area"), snapshot("outlines")],
        component=[figure("people", "births"), figure("people", "deaths"), figure("area", "km2")],
    )
    texts = messages(carried_over(failed("people", "area", "outlines"), before))
    assert "The 2 figures" in texts["people"]
    assert "The 1 figures" in texts["area"]
    assert "What the published release has from this file stays" in texts["outlines"]


def test_the_guard_of_a_figure_that_stays_is_unchanged() -> None:
    before = inputs(
        snapshot=[snapshot("people")],
        component=[figure("people", "births")],
        correction=[MENDED, {**MENDED, "dataset": "gone"}],
    )
    unseen = inputs(correction=[{**MENDED, "found": None, "applied": False}])
    read = carried_over(failed("people") | {"correction": unseen["correction"]}, before)
    pd.testing.assert_frame_equal(
        read["correction"].to_pandas(), inputs(correction=[MENDED])["correction"].to_pandas()
    )


def test_a_guard_that_no_release_has_is_reported() -> None:
    unseen = inputs(correction=[{**MENDED, "found": None, "applied": False}])
    read = carried_over(failed("people") | {"correction": unseen["correction"]}, inputs())
    assert read["correction"]["applied"].to_pylist() == [False]
