"""Funded works: filters, table, map, changes between extractions, and downloads."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

from dashboard.context import Context, route
from dashboard.export import works as export
from dashboard.pages.works import map as works_map
from dashboard.pages.works import table
from dashboard.pages.works.filters import parameters
from dashboard.registry import HEADINGS, PANELS
from dashboard.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config
    from warehouse.query.store import Store

CLOUD = "cup-c71c22000290006"  # Cinisello Balsamo, known by three files
TRAM = "cup-b44e07000120004"  # one CUP under two measures


@pytest.fixture(scope="module")
def page(deployed: Config, data: ReleaseData) -> Callable[..., Context]:
    return lambda path, query="": Context(
        deployed, data, Selection.read(path, query), route(data, path)
    )


def markup(component: object) -> str:
    return json.dumps(component, default=lambda c: c.to_plotly_json(), ensure_ascii=False)


OPERE = "/progetti/opere"


def projects(context: Context) -> list[str]:
    """Return the works of the first page, in their order."""
    return [row["project"] for row in table.page_rows(context)]


def count(context: Context) -> int:
    works: int = table.totals(context)["works"]
    return works


def test_works_are_filtered_by_text_state_source_place_and_area(
    page: Callable[..., Context],
) -> None:
    assert projects(page(OPERE, "text=C71C22000290006")) == [CLOUD]
    assert CLOUD in projects(page(OPERE, "state=settled&area=digital&territory=015077"))
    assert TRAM not in projects(page(OPERE, "territory=015077"))
    without_area = page(OPERE, "area=none")
    assert count(without_area) == 85  # of OpenCUP, which names no measure
    assert {row["datasets"] for row in table.page_rows(without_area)} == {"opencup_works"}
    assert count(page(OPERE, "source=padigitale_works")) == 1_434
    assert not count(page(OPERE, "state=nonsense"))


def test_works_are_filtered_by_column(page: Callable[..., Context]) -> None:
    every = page(OPERE)
    rows = [row for number in range(1, 53) for row in table.page_rows(every, number)]
    assert len({row["project"] for row in rows}) == len(rows) == count(every) == 5_146

    def selected(query: str) -> int:
        return count(page(OPERE, query))

    milano = sum("politecnico" in (row["body"] or "").lower() for row in rows)
    assert selected("body=POLITÉCNICO") == milano > 0
    assert selected("place=cinisello") == sum("Cinisello" in (r["place"] or "") for r in rows)
    assert selected("measure=cloud") == sum("cloud" in (r["measure"] or "").lower() for r in rows)
    assert selected("funding_from=1,5&funding_to=3.0") == sum(
        1.5e6 <= (row["funding"] or 0) <= 3e6 for row in rows
    )
    assert selected("paid_from=10") == sum((row["paid"] or 0) >= 10e6 for row in rows)
    assert selected("share_from=0&share_to=50") == sum(
        row["paid_share"] is not None and row["paid_share"] <= 0.5 for row in rows
    )
    assert selected("funding_from=much&paid_to=nan&share_to=inf") == 5_146  # ignored


@pytest.mark.parametrize(
    ("sort", "column"),
    [
        ("title", "title"), ("body", "body"), ("measure", "measure"), ("cup", "cup"),
        ("funding", "funding"), ("paid", "paid"), ("share", "paid_share"),
    ],
)  # fmt: skip
def test_every_column_sorts_in_both_directions_and_unknown_values_come_last(
    page: Callable[..., Context], sort: str, column: str
) -> None:
    for prefix in ("", "-"):
        context = page(OPERE, f"territory=015077&sort={prefix}{sort}")
        rows = [r for n in (1, 2) for r in table.page_rows(context, n)]
        values = [row[column] for row in rows if row[column] is not None]
        assert [row[column] for row in rows][: len(values)] == values
        keys = [v.casefold() if isinstance(v, str) else v for v in values]
        assert keys == sorted(keys, reverse=bool(prefix)), sort


def test_the_table_names_its_order_and_links_to_the_others(page: Callable[..., Context]) -> None:
    largest = markup(PANELS["works"](page(OPERE)))
    assert largest.count("aria-sort") == 1
    assert 'class=\\"num\\" aria-sort=\\"descending\\"' in largest
    assert 'href=\\"/progetti/opere?sort=funding\\"' in largest
    assert 'href=\\"/progetti/opere?sort=title\\"' in largest
    by_title = markup(PANELS["works"](page(OPERE, "sort=title&page=3")))
    assert 'aria-sort=\\"ascending\\"' in by_title
    assert "sort=-title" in by_title
    nonsense = page(OPERE, "sort=-nonsense")
    assert projects(nonsense) == projects(page(OPERE))


def test_pages_of_a_hundred_rows_follow_each_other(page: Callable[..., Context]) -> None:
    def table_of(query: str) -> str:
        return markup(PANELS["works"](page(OPERE, query)))

    first, last, beyond = table_of(""), table_of("page=52"), table_of("page=900&lang=en")
    assert first.count('<th scope=\\"row\\">') == 100
    assert "1–100 di 5.146" in first
    assert 'rel=\\"next\\" href=\\"/progetti/opere?page=2\\"' in first
    assert 'rel=\\"prev\\"' not in first
    assert last.count('<th scope=\\"row\\">') == 46
    assert "5.101–5.146 di 5.146" in last
    assert 'rel=\\"next\\"' not in last
    assert "5,101–5,146 of 5,146" in beyond
    assert "pager" not in table_of("territory=015077&state=settled")


def test_the_form_keeps_the_filters_and_drops_the_page(page: Callable[..., Context]) -> None:
    query = "text=scuola&funding_from=0,5&state=running&sort=title&page=2&lang=en&paid_to=x"
    form = markup(PANELS["works_find"](page(OPERE, query)))
    fields = dict(re.findall(r'name=\\"(\w+)\\"[^>]*? value=\\"([^"\\]*)', form))
    assert fields["text"] == "scuola"
    assert fields["funding_from"] == "0,5"
    assert fields["paid_to"] == ""
    assert (fields["state"], fields["sort"], fields["lang"]) == ("running", "title", "en")
    assert "page" not in fields
    assert "Filters by column (1)" in form


def test_a_click_on_the_map_adds_the_municipality_to_its_zone(page: Callable[..., Context]) -> None:
    zone = page(OPERE, "territory=nord-milano")
    municipality = page(OPERE, "territory=nord-milano,015077")
    assert count(municipality) < count(zone)
    assert "Cinisello Balsamo" in HEADINGS["works"](municipality).title
    assert "Territorio: Cinisello Balsamo" in markup(PANELS["works_find"](municipality))


def test_the_map_colours_money_or_number_of_the_selected_works(
    page: Callable[..., Context],
) -> None:
    money = markup(works_map.works_map(page("/progetti/opere")))
    count = markup(works_map.works_map(page("/progetti/opere", "level=count&lang=en")))
    assert "M€ per Comune" in money
    assert "Fuori dalla carta" in money  # works in several municipalities without a share
    assert "Works by municipality" in count
    assert "Not on the map" not in count
    few = works_map.works_map(page("/progetti/opere", "text=C71C22000290006"))
    cells = few.children[1].cells
    assert [code for code, (step, _) in cells.items() if step] == ["015077"]
    assert len(cells) == 133


def test_changes_between_two_extractions_are_summed(page: Callable[..., Context]) -> None:
    text = markup(PANELS["works_moved"](page(OPERE)))
    # independently: 114,291,157.61 € on 449 works up and 10 down of the 1,880 in both files
    assert "Dal 13 dic 2024 al 31 mar 2025" in text
    assert "+114,3 M€" in text
    assert "<dd>449</dd>" in text
    assert "<dd>10</dd>" in text
    assert "<dd>1.421</dd>" in text
    single = markup(PANELS["works_moved"](page(OPERE, "source=pnc_works")))
    assert "non ci sono due estrazioni" in single


def test_the_files_have_the_works_of_the_page_with_source_and_licence(
    page: Callable[..., Context],
) -> None:
    context = page(OPERE, "area=digital&territory=015077&state=settled&sort=title")
    text = export.csv(context.data, context.selection, "it")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(StringIO(text.lstrip("\ufeff")), delimiter=";"))
    assert [row["progetto"] for row in rows] == projects(context)
    (cloud,) = (row for row in rows if row["progetto"] == CLOUD)
    assert cloud["finanziamento"] == "419124"
    assert cloud["estratto il"] == "2025-03-31"
    assert "CC BY 4.0" in cloud["fonte"]
    assert "PA digitale" in cloud["fonte"]  # every file that has the work
    assert cloud["rilascio"] == context.data.store.release
    book = openpyxl.load_workbook(BytesIO(export.xlsx(context.data, context.selection)))
    head, *cells = book["Valori"].iter_rows(values_only=True)
    assert len(head) == len(rows[0])
    assert [row[0] for row in cells] == projects(context)
    assert dict(zip(head, cells[projects(context).index(CLOUD)], strict=True))["funding"] == 419_124


def test_the_files_have_every_page(page: Callable[..., Context]) -> None:
    context = page(OPERE, "page=2")
    text = export.csv(context.data, context.selection, "int")
    assert len(list(csv.reader(StringIO(text)))) == 1 + 5_146
    assert set(parameters(context.selection).values()) == {None}


def test_a_work_lists_its_extractions_and_its_dates(page: Callable[..., Context]) -> None:
    work = page(f"/progetti/{CLOUD}")
    payments = markup(PANELS["payments"](work))
    for day in ("31 mar 2025", "4 mar 2023", "21 feb 2023"):
        assert day in payments
    location = markup(PANELS["location"](work))
    assert "Decreto di finanziamento" in location
    assert "5 set 2022" in location
    assert "finanziamento assegnato" in location  # reported after the CUP became active
    assert "T0079" in markup(PANELS["work_sheet"](work))


def test_money_of_a_cup_under_two_measures_counts_once(page: Callable[..., Context]) -> None:
    heading = HEADINGS["work"](page(f"/progetti/{TRAM}"))
    assert "23,4 M€" in heading.title


def test_a_work_without_amounts_says_so_and_a_sample_is_marked(
    page: Callable[..., Context],
) -> None:
    bare = projects(page(OPERE, "area=none"))[0]
    assert "non danno importi" in HEADINGS["work"](page(f"/progetti/{bare}")).title
    sample = projects(page(OPERE, "source=opencoesione_works"))[0]
    assert "campione" in markup(PANELS["work_sheet"](page(f"/progetti/{sample}")))


def test_the_sheet_of_a_work_lists_its_tenders(page: Callable[..., Context]) -> None:
    assert "ZF834A42FA" in markup(PANELS["work_sheet"](page("/progetti/cup-b11b21006470006")))


def test_payments_from_a_source_without_funding_have_a_line(
    page: Callable[..., Context],
) -> None:
    # 13.2 M€ of the recovery plan and 5.2 M€ of no named source make the 18.5 M€ of the heading
    work = page("/progetti/cup-f40j21000050001")
    assert "18,5 M€" in str(HEADINGS["work"](work).figures)
    money = markup(PANELS["funding"](work))
    assert "Pagato, fonte non distinta" in money
    assert "5,2" in money.split("Pagato, fonte non distinta")[1]


def test_every_kind_of_money_is_markup(page: Callable[..., Context], release: Store) -> None:
    examples = "select any_value(project) as project from funding_line group by source"
    for name in release.sql(examples)["project"].to_pylist():
        assert "by-source" in markup(PANELS["funding"](page(f"/progetti/{name}"))), name
