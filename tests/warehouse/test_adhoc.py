"""A person's own SQL is answered from a release, and can do nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from warehouse.errors import ReleaseError

if TYPE_CHECKING:
    from warehouse.query.store import Store

ROWS = "select count(*) as rows from observation"


@pytest.mark.parametrize(
    "statement",
    [
        "select * from observation limit 3;",
        "from observation limit 3",
        "with a as (from observation) select * from a limit 3",
        "describe observation",
        "summarize observation",
        "show tables",
        "explain select 1",
        "pivot (from observation limit 9) on period using count(*)",
        "values (1)",
    ],
)
def test_a_question_is_answered(release: Store, statement: str) -> None:
    assert release.sql(statement).num_rows


def test_an_answer_without_end_is_reported_before_it_fills_the_memory(release: Store) -> None:
    with pytest.raises(ReleaseError, match="the answer is too large: over 512 MB"):
        release.sql("select a.*, b.value from observation as a, observation as b")


@pytest.mark.parametrize(
    "statement",
    [
        "drop table observation",
        "delete from observation",
        "insert into observation (indicator) values ('x')",
        "with x as (insert into observation (indicator) values ('x') returning *) from x",
        "explain analyze delete from observation",
        "create table own as from observation",
        "create temp table own as from observation",
        "copy observation to 'observation.csv'",
        "export database 'all'",
        "attach 'other.db'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set threads = 8",
        "pragma threads = 8",
        "commit",
        "from '/etc/passwd'",
        "from read_csv('/etc/passwd')",
        "from read_text('/etc/hostname')",
        "from glob('/*')",
        "from 'https://example.org/a.parquet'",
        "from statement",  # a variable of the program
        "select 1; drop table observation",
        "",
        "-- nothing",
    ],
)
def test_a_statement_that_is_not_a_question_is_refused_and_changes_nothing(
    release: Store, statement: str
) -> None:
    before = release.sql(ROWS)
    with pytest.raises(ReleaseError) as error:
        release.sql(statement)
    assert "\n" not in str(error.value)
    assert release.sql(ROWS).equals(before)


@pytest.mark.parametrize(
    ("statement", "position"),
    [
        ("selec 1", "(line 1, column 1)"),
        ("select\n  valeu,\n  period\nfrom observation", "(line 2, column 3)"),
        ("select " + "value, " * 60 + "valeu from observation", "(line 1, column 428)"),
    ],
)
def test_a_fault_names_its_position(release: Store, statement: str, position: str) -> None:
    with pytest.raises(ReleaseError) as error:
        release.sql(statement)
    assert str(error.value).endswith(position)
