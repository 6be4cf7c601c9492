"""Readers: named queries, one cursor each, and a new release without a restart."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.support.deployment import PROJECT
from tests.support.small_city import (
    CINISELLO,
    NORD,
    RESIDENTS,
    SESTO,
    SNAPSHOT,
    ZONE_OF,
    build,
    indicator,
    store_of,
)
from warehouse.errors import ReleaseError
from warehouse.query.releases import Releases
from warehouse.query.store import COMMENT, PARAMETER, SQL, Store
from warehouse.release.publish import publish
from warehouse.schema.column_types import MOMENT

if TYPE_CHECKING:
    from tests.support.small_city import Configure

TOTAL = indicator("total", "sum")
PAID = "money.paid 015077 2023 600\n money.paid 015209 2023 200"


def test_a_published_release_is_seen_by_an_open_reader_at_its_next_request(
    config: Configure,
) -> None:
    settings = config()
    releases = Releases(settings)
    with pytest.raises(ReleaseError, match="nothing is published"):
        releases.open()
    old = build(settings, f"{RESIDENTS} money.paid 015077 2023 1", TOTAL)
    publish(settings, old.release)
    store = releases.open()
    assert releases.open() is store
    new = build(settings, f"{RESIDENTS} money.paid 015077 2023 2", TOTAL)
    publish(settings, new.release)
    assert releases.open().release == new.release
    assert releases.open(old.release) is store  # the old one still answers, and is opened once
    question = {"indicators": ["total"], "territories": [CINISELLO]}
    assert store.frame("series", **question)["value"].tolist() == [1]
    assert releases.open().frame("series", **question)["value"].tolist() == [2]


def test_a_table_loaded_in_pieces_has_every_row_in_its_order(
    config: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(f"money.paid {m} {2010 + n} {n}" for m in ZONE_OF for n in range(7))
    at_once = store_of(config(), RESIDENTS + text, TOTAL)
    monkeypatch.setattr("warehouse.schema.ddl.PIECE", 4)
    pieces = Store(at_once.folder)
    for table in ("component", "observation", "territory"):
        assert pieces.table(table).num_rows > 4
        assert pieces.table(table) == at_once.table(table)


def test_columns_of_a_country_are_read_with_arrow_and_are_the_same(
    config: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(config(), f"{RESIDENTS} {PAID}", TOTAL)
    question = {"indicators": ["total"], "levels": ["municipality", "zone"]}
    columns = store.columns("indicator_levels", **question)
    assert set(columns["territory"]) >= {CINISELLO, SESTO, NORD}
    monkeypatch.setattr("warehouse.query.store.MANY", 0)
    monkeypatch.setattr("warehouse.query.store.columns_of", None)
    assert store.columns("indicator_levels", **question) == columns


def test_queries_have_types_that_are_the_same_with_arrow_and_without(release: Store) -> None:
    plain = {"VARCHAR", "VARCHAR[]", "BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "DATE"}
    of_columns = {"indicator_levels", "observations_by_level", "comparisons", "territory_geometry"}
    seen = set()
    for path in (SQL / "queries").rglob("*.sql"):
        sql = path.read_text(encoding="utf-8")
        without = PARAMETER.sub("null", COMMENT.sub("", sql))
        types = set(release.sql(f"from (describe {without})")["column_type"].to_pylist())
        others = {kind for kind in types - plain if not kind.startswith("DECIMAL")}
        assert others <= ({MOMENT.upper()} if path.stem not in of_columns else set()), path.stem
        seen.add(path.stem)
    assert of_columns < seen


def test_threads_get_their_own_rows(config: Configure) -> None:
    text = "\n".join(f"money.paid {m} 2023 {i}" for i, m in enumerate(ZONE_OF))
    store = store_of(config(), RESIDENTS + text, TOTAL)
    wanted = list(ZONE_OF) * 60

    def ask(territory: str) -> tuple[list[str], list[float]]:
        frame = store.frame("series", indicators=["total"], territories=[territory])
        return frame["territory"].tolist(), frame["value"].tolist()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, wanted))
    order = list(ZONE_OF)
    assert answers == [([m], [order.index(m)]) for m in wanted]


def test_threads_that_open_at_once_share_one_store(config: Configure) -> None:
    settings = config()
    publish(settings, build(settings, RESIDENTS + PAID, TOTAL).release)
    releases = Releases(settings)
    with ThreadPoolExecutor(8) as threads:
        stores = set(threads.map(lambda _: releases.open(), range(32)))
    assert len(stores) == 1


def test_an_unknown_query_is_named(config: Configure) -> None:
    store = store_of(config(), RESIDENTS + PAID, TOTAL)
    with pytest.raises(ReleaseError, match=r"serie: unknown query; known ones: .*series"):
        store.frame("serie")
    with pytest.raises(ReleaseError, match=r"series: takes \['indicators', 'territories'\]"):
        store.frame("series", indicators=["total"])
    with pytest.raises(ReleaseError, match="levels: unknown query"):
        store.frame("levels", levels=["zone"])


def test_an_unknown_release_is_refused(config: Configure) -> None:
    releases = Releases(config())
    with pytest.raises(ReleaseError, match="no such release"):
        releases.open("2026-01-31-0123abcd")
    with pytest.raises(ReleaseError, match="is not a release id"):
        releases.open("../../../etc/passwd")


def test_no_progress_is_drawn_where_python_seems_interactive(config: Configure) -> None:
    """DuckDB takes a process without a main file, such as a forked worker, for a terminal."""
    settings = config()
    release = build(settings, f"{RESIDENTS} money.paid 015077 2023 1", TOTAL).release
    publish(settings, release)
    code = (
        "import sys; from pathlib import Path; from warehouse.query.store import Store;"
        "connection = Store(Path(sys.argv[1]))._connection;"
        "print(connection.sql(\"select current_setting('enable_progress_bar')\").fetchall())"
    )
    words = [sys.executable, "-c", code, str(settings.releases / release)]
    done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout == "[(False,)]\n"


def test_a_query_cannot_reach_the_disk(config: Configure) -> None:
    store = store_of(config(), RESIDENTS + PAID, TOTAL)
    with pytest.raises(duckdb.Error):
        store._connection.execute("from read_csv('/etc/passwd')")  # noqa: SLF001


def test_show_me_leads_from_a_zone_to_the_municipal_figures_and_their_file(
    config: Configure,
) -> None:
    text = RESIDENTS + PAID.replace("2023", "2024")
    store = store_of(config(), text, indicator("per_head", "ratio", align="latest"))
    frame = store.frame("components_of", indicator="per_head", territory=NORD, period="2024")
    rows = frame[["role", "territory", "period", "value"]].values.tolist()
    assert sorted(rows) == [
        ["denominator", CINISELLO, "2023", 60],
        ["denominator", SESTO, "2023", 40],
        ["numerator", CINISELLO, "2024", 600],
        ["numerator", SESTO, "2024", 200],
    ]
    assert set(frame["sha256"]) == {SNAPSHOT}
    sesto = store.frame("components_of", indicator="per_head", territory=SESTO, period="2024")
    assert sesto["value"].tolist() == [200, 40]
    assert sesto["counted"].all()


def test_show_me_tells_which_figures_are_not_in_the_sum(config: Configure) -> None:
    text = "population.residents 015077 2023 60\n money.paid 015077 2023 6"
    text += "\n money.paid 015209 2023 9"
    store = store_of(config(), text, indicator("mean", "weighted_mean"))
    frame = store.frame("components_of", indicator="mean", territory=NORD, period="2023")
    complete = frame.groupby("territory")["counted"].all()
    assert complete.to_dict() == {CINISELLO: True, SESTO: False}  # no weight for Sesto


def test_quality_says_from_when_to_when_and_how_many(config: Configure) -> None:
    text = f"{RESIDENTS} {PAID}\n money.paid 015077 2019 1 E"
    store = store_of(config(), text, TOTAL, indicator("empty", "sum", numerator="money.paid"))
    row = store.frame("quality").set_index("indicator").loc["total"]
    assert (row["first_period"], row["last_period"], row["periods"]) == ("2019", "2023", 2)
    assert row["municipalities"] == 2


def test_the_plain_lists_answer(config: Configure) -> None:
    store = store_of(config(), RESIDENTS + PAID, TOTAL)
    lists = ("datasets", "snapshots", "quarantine", "changes")
    assert [len(store.frame(query)) for query in lists] == [2, 2, 0, 0]
    assert set(store.frame("audits")["audit"]) == {a.audit for a in store.manifest.audits}


@pytest.mark.parametrize(
    ("period", "start"),
    [
        ("2023", date(2023, 1, 1)),
        ("2023-S1", date(2023, 1, 1)),
        ("2023-S2", date(2023, 7, 1)),
        ("2023-Q4", date(2023, 10, 1)),
        ("2023-06", date(2023, 6, 1)),
        ("2023-06-30", date(2023, 6, 30)),
    ],
)
def test_a_period_begins_on_a_day(period: str, start: date) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute((SQL / "macros.sql").read_text(encoding="utf-8"))
        assert connection.execute("select period_start($p)", {"p": period}).fetchall() == [(start,)]


def test_every_query_has_a_name_of_its_own() -> None:
    names = [path.stem for path in (SQL / "queries").rglob("*.sql")]
    assert len(names) == len(set(names))


def test_every_sql_file_says_first_what_its_rows_are() -> None:
    for path in (p for p in SQL.rglob("*.sql") if p.name != "macros.sql"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith(("-- One row", "-- severity: ")), path


def test_sql_is_lower_case_and_fits_the_page() -> None:
    keyword = re.compile(r"\b(SELECT|FROM|WHERE|JOIN|GROUP|ORDER|UNION|CREATE|AS|AND|OR|WITH)\b")
    for path in SQL.rglob("*.sql"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert len(line) <= 100, path
            assert line.lstrip().startswith("--") or not keyword.search(line), path
