"""Figures may be a table or a Parquet file of any size: the release is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.support.small_city import RESIDENTS, components, indicator, small_catalog
from warehouse.build import build as build_module
from warehouse.build.build import build_draft
from warehouse.errors import ContractError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.small_city import Configure

TOTAL = indicator("total", "sum")
FIGURES = f"{RESIDENTS} money.paid 015077 2023 1\nmoney.due 015077 2023 2\nmoney.paid 015077 2022 3"


@pytest.mark.parametrize("rows_a_part", [1, 2, 1_000])
def test_figures_of_a_file_make_the_release_of_the_same_table(
    config: Configure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_a_part: int
) -> None:
    monkeypatch.setattr(build_module, "ROWS_A_PART", rows_a_part)
    inputs, file = components(FIGURES), tmp_path / "figures.parquet"
    figures = inputs["component"]
    pq.write_table(figures.take(pa.array(reversed(range(figures.num_rows)))), file)
    of_table = build_draft(config(), small_catalog(TOTAL), inputs)
    elsewhere = config().model_copy(update={"data": tmp_path / "elsewhere"})
    of_file = build_draft(elsewhere, small_catalog(TOTAL), {**inputs, "component": file})
    names = ("component", "observation")
    assert [(of_file.path / f"{name}.parquet").read_bytes() for name in names] == [
        (of_table.path / f"{name}.parquet").read_bytes() for name in names
    ]
    assert of_file.manifest.content == of_table.manifest.content


def test_a_file_that_does_not_follow_the_contract_is_an_error(
    config: Configure, tmp_path: Path
) -> None:
    file = tmp_path / "figures.parquet"
    pq.write_table(pa.table({"place": ["015077"], "value": [1.0]}), file)
    with pytest.raises(ContractError, match="component"):
        build_draft(config(), small_catalog(TOTAL), {"component": file})


@pytest.mark.parametrize("column", ["dataset", "variable"])
def test_a_row_without_a_variable_is_an_error_and_is_not_lost(
    config: Configure, tmp_path: Path, column: str
) -> None:
    inputs, file = components(FIGURES), tmp_path / "figures.parquet"
    rows = inputs["component"].to_pylist()
    rows[-1][column] = None
    pq.write_table(pa.Table.from_pylist(rows), file)
    with pytest.raises(ContractError, match="without a dataset or a variable"):
        build_draft(config(), small_catalog(TOTAL), {**inputs, "component": file})
