"""PNRR projects become funded works with an identity, a place, an area and honest money."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.sources import pnrr_works, project_table
from tests.etl.test_layouts import SPECIMENS, WORKS, dataset, read
from warehouse.contract import PROJECT_TABLES, conform
from warehouse.errors import SourceError

(FILE,) = dataset("pnrr_works").files
TABLES = {name: conform(name, t).to_pandas() for name, t in read(FILE, WORKS).tables.items()}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_is_as_expected_and_its_key_is_unique(name: str) -> None:
    key = list(PROJECT_TABLES[name].key)
    found = TABLES[name]
    expected = pd.read_csv(SPECIMENS / "pnrr_works" / "expected" / f"{name}.csv", dtype=str)
    assert not found.duplicated(key).any()
    shown = found[expected.columns].astype("str").sort_values(key).reset_index(drop=True)
    expected = expected.astype("str").sort_values(key).reset_index(drop=True)
    assert shown[key].equals(expected[key])
    text = [c for c in expected if c not in ("amount", "share", "position")]
    assert shown[text].fillna("nan").equals(expected[text].fillna("nan"))


def test_a_cup_under_two_measures_is_two_works() -> None:
    works = TABLES["project"].query("cup == 'B44E07000120004'")
    assert set(works["project"]) == {
        "pnrr-b44e07000120004-m2c2i40200",
        "pnrr-b44e07000120004-m5c2i20302",
    }


def test_a_work_in_two_municipalities_has_no_share_of_its_money() -> None:
    places = TABLES["project_place"].query("project == 'pnrr-j31j22002440006-m1c1i10701'")
    assert set(places["territory"]) == {"015077", "015146"}
    assert places["share"].isna().all()


def test_the_longest_beginning_of_a_measure_gives_the_policy_area() -> None:
    area = TABLES["project_node"].set_index("project")["node"]
    assert area["pnrr-b44e07000120004-m2c2i40200"] == "mobility"  # M2C2I4, not M2C2
    assert area["pnrr-b44e07000120004-m5c2i20302"] == "welfare"


def test_the_sources_of_2023_are_used_only_where_they_still_add_up() -> None:
    lines = TABLES["funding_line"].set_index(["project", "source"])["amount"]
    # 1,937,471.00 in all - 1,716,421.00 from the plan = 221,050.00, the Region's in 2023
    assert lines["pnrr-e27h21009420002-m6c1i10100", "region"] == 221_050.00
    # 23,400,000.00 - 9,000,000.00 = 14,400,000.00, whose source nobody says
    assert lines["pnrr-b44e07000120004-m2c2i40200", "unspecified"] == 14_400_000.00


def test_a_measure_that_may_help_persons_gives_its_own_name_and_not_theirs() -> None:
    private = {"areas": FILE.options["areas"], "persons": ["M6C1"]}
    parsed = pnrr_works.parse((WORKS / FILE.path).read_bytes(), private)
    works = parsed.tables["project"].to_pandas().set_index("measure_code")
    hidden = works.loc["M6C1I1.01.00"]
    assert hidden["title_it"] == hidden["measure"]
    assert works.loc["M1C1I1.07.01", "title_it"].startswith("SU00142")


def test_without_the_files_beside_it_the_works_are_still_there() -> None:
    parsed = pnrr_works.parse((WORKS / FILE.path).read_bytes(), FILE.options)
    assert parsed.tables["project"].num_rows == 6
    assert set(parsed.tables["funding_line"]["source"].to_pylist()) == {"pnrr", "unspecified"}


def test_a_project_table_refuses_a_bad_row_and_keeps_the_others() -> None:
    content = (
        b"project,level,planned_start,demonstration\n"
        b"a,strategic,2019-13-01,true\n"
        b",x,,\n"
        b"c,operational,2020-02-01,false\n"
    )
    parsed = project_table.parse(content, {"table": "project"})
    assert [(r.line, r.column, r.rule) for r in parsed.refused] == [
        (3, "project", "key"),
        (2, "planned_start", "date"),
    ]
    assert parsed.tables["project"]["project"].to_pylist() == ["c"]


def test_a_project_table_with_an_unknown_column_is_refused() -> None:
    with pytest.raises(SourceError, match="no columns"):
        project_table.parse(b"project,colour\na,red\n", {"table": "project"})


def test_the_shipped_plan_reads_without_a_refusal_and_its_weights_sum_to_one() -> None:
    tables: dict[str, pd.DataFrame] = {}
    for file in dataset("plan_projects").files:
        path = file.path.removeprefix("bundled:")
        parsed = read(file, SPECIMENS, (SPECIMENS.parents[1] / "etl/bundled" / path).read_bytes())
        assert parsed.refused == ()
        tables |= {n: conform(n, t).to_pandas() for n, t in parsed.tables.items()}
    assert tables["project"]["level"].value_counts().to_dict() == {
        "operational": 24,
        "strategic": 10,
    }
    assert tables["project"]["demonstration"].all()
    weights = tables["milestone"].groupby("project")["weight"].sum()
    assert len(weights) == 34
    assert weights.sub(1).abs().max() < 1e-9
