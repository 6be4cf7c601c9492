"""PNRR projects as funded works: what, who, where, how much and how much of it is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from etl.delimited import numbers, read_rows, refuse, rows_beside
from etl.reading import CELLS, Parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KEY = ["cup", "codice_locale_progetto"]
MEASURE = "codice_univoco_submisura"
EXTRACTED = "data_di_estrazione"
FUNDED, FUNDED_PNRR = "finanziamento_totale", "finanziamento_pnrr"
PAID, PAID_PNRR = "pagamenti_totali", "pagamenti_totali_pnrr"
MONEY = [FUNDED, FUNDED_PNRR, PAID, PAID_PNRR]
TITLE, BODY, SECTOR = "Titolo progetto", "Soggetto attuatore", "CUP Descrizione Settore"
TAX_CODE, SUMMARY = "Codice fiscale soggetto attuatore", "Sintesi progetto"
OTHER_SOURCES = {
    "Finanziamento - Stato": "state",
    "Finanziamento UE (diverso da PNRR)": "eu",
    "Finanziamento Regione": "region",
    "Finanziamento Provincia": "province",
    "Finanziamento Comune": "municipality",
    "Finanziamento Altro Pubblico": "other_public",
    "Finanziamento Privato": "private",
    "Finanziamento Da Reperire": "to_be_found",
    "Finanziamento PNC": "pnc",
    "Altri fondi": "other_funds",
}
CENT = 0.01
DATASET = "pnrr_works"


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return the project tables of the works in the payments file.

    `options["areas"]` maps beginnings of a measure's code to the policy area (the longest
    counts). `options["persons"]` lists beginnings of measures whose beneficiaries may be single
    persons: their works carry the measure's name only. `options["beside"]` holds, where there
    are any, the bytes of three more files: `payments` at several extractions, `validated`
    (bodies, summaries and the sources of the money as validated in 2023), `applications` of PA
    digitale (bodies and calls by CUP).
    """
    beside: Mapping[str, bytes] = options.get("beside", {})
    rows, refused = read_rows(
        content, ["istat_code", *KEY, MEASURE, *MONEY, EXTRACTED, TITLE, BODY]
    )
    rows, unreadable = _readable(rows)
    refused += unreadable
    rows["project"] = _identity(rows)
    works = rows.drop_duplicates("project").reset_index(drop=True)
    works = _with_applications(_with_validated(works, beside), beside)
    works = _without_persons(works, options.get("persons", ()))
    tables = {
        "project": _projects(works),
        "project_node": _nodes(works, options["areas"]),
        "project_place": _places(rows),
        **_actors(works),
        "funding_line": _funding(works),
        "payment": _payments(rows, beside),
    }
    arrow = {name: pa.Table.from_pandas(t, preserve_index=False) for name, t in tables.items()}
    return Parsed(pd.DataFrame(columns=list(CELLS)), tuple(refused), arrow)


def _readable(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Any]]:
    known = rows["cup"].str.fullmatch(r"[A-Z0-9]{15}")
    money = rows[MONEY].apply(numbers)
    refused = [*refuse(rows[~known], ["cup"], "cup")]
    for name in MONEY:
        refused += refuse(rows[known & money[name].isna()], [name], "number")
    good = known & money.notna().all(axis="columns")
    return rows.assign(**money)[good].copy(), refused


def _identity(rows: pd.DataFrame) -> pd.Series[str]:
    """`pnrr-<cup>-<measure>`, and a number only where they do not tell two local codes apart."""
    local = rows.groupby(["cup", MEASURE])[KEY[1]].rank(method="dense").astype(int)
    name = "pnrr-" + rows["cup"] + "-" + rows[MEASURE].str.replace(".", "", regex=False)
    return (name + ("-" + local.astype(str)).where(local > 1, "")).str.lower()


def _with_validated(works: pd.DataFrame, beside: Mapping[str, bytes]) -> pd.DataFrame:
    if "validated" not in beside:
        return works.assign(**{TAX_CODE: None, SUMMARY: None}, **dict.fromkeys(OTHER_SOURCES, 0.0))
    columns = ["CUP", "Codice Locale Progetto", TAX_CODE, SUMMARY, *OTHER_SOURCES]
    validated = rows_beside({"beside": beside}, "validated", columns)[columns].set_axis(
        [*KEY, *columns[2:]], axis="columns"
    )
    validated[list(OTHER_SOURCES)] = validated[list(OTHER_SOURCES)].apply(numbers)
    return works.merge(validated.drop_duplicates(KEY), on=KEY, how="left")


def _with_applications(works: pd.DataFrame, beside: Mapping[str, bytes]) -> pd.DataFrame:
    if "applications" in beside:
        calls = rows_beside({"beside": beside}, "applications", ["codice_cup", "ente", "avviso"])
        calls = calls.drop_duplicates("codice_cup").set_index("codice_cup")
        # The call's own words say more than ReGiS' codes ("1.2c_c707Comune di ...").
        works[TITLE] = works["cup"].map(calls["avviso"]).fillna(works[TITLE])
        body = works[BODY].where(works[BODY] != "")
        works[BODY] = body.fillna(works["cup"].map(calls["ente"])).fillna("")
    return works


def _without_persons(works: pd.DataFrame, measures: Iterable[str]) -> pd.DataFrame:
    private = works[MEASURE].str.startswith(tuple(measures))
    return works.assign(
        **{TITLE: works[TITLE].mask(private, ""), SUMMARY: works[SUMMARY].mask(private)}
    )


def _projects(works: pd.DataFrame) -> pd.DataFrame:
    title = works[TITLE].where(works[TITLE] != "", works["descrizione_submisura"])
    return pd.DataFrame(
        {
            "project": works["project"],
            "level": "funded",
            "title_it": title.str.replace("*", " · ", regex=False).str.strip(),
            "summary_it": works[SUMMARY].astype("str").str.replace("*", " · ", regex=False),
            "cup": works["cup"],
            "local_code": works[KEY[1]],
            "measure_code": works[MEASURE],
            "measure": works["descrizione_submisura"],
            "sector": works[SECTOR].where(works[SECTOR] != ""),
            "extracted": pd.to_datetime(works[EXTRACTED]).dt.date,
            "dataset": DATASET,
            "demonstration": False,
        }
    )


def _nodes(works: pd.DataFrame, areas: Mapping[str, str]) -> pd.DataFrame:
    node = pd.Series(pd.NA, index=works.index, dtype="str")
    for prefix in sorted(areas, key=len):
        node = node.mask(works[MEASURE].str.startswith(prefix), areas[prefix])
    nodes = works[["project"]].assign(node=node, role="primary", position=1)
    return nodes[nodes["node"].notna()]


def _places(rows: pd.DataFrame) -> pd.DataFrame:
    municipalities = rows.groupby("project")["istat_code"].transform("nunique")
    return pd.DataFrame(
        {
            "project": rows["project"],
            "territory": rows["istat_code"],
            "share": pd.Series(1.0, index=rows.index).where(municipalities == 1),
        }
    )


def _actors(works: pd.DataFrame) -> dict[str, pd.DataFrame]:
    known = works[works[BODY].str.strip() != ""]
    name = known[BODY].str.strip()
    slug = (
        name.str.normalize("NFKD")
        .str.replace(r"[^\x00-\x7f]", "", regex=True)
        .str.replace(r"[^A-Za-z0-9]+", "-", regex=True)
        .str.strip("-")
        .str.lower()
    )
    company = known[TAX_CODE].where(known[TAX_CODE].str.fullmatch(r"\d{11}").fillna(value=False))
    bodies = pd.DataFrame({"actor": slug, "name": name, "tax_code": company})
    bodies = bodies.sort_values(["actor", "tax_code"]).drop_duplicates("actor")
    roles = pd.DataFrame({"project": known["project"], "actor": slug})
    roles = roles.assign(role="implementing_body", demonstration=False)
    return {"actor": bodies, "project_actor": roles}


def _funding(works: pd.DataFrame) -> pd.DataFrame:
    """One line a source; the split of 2023 only where it still adds up to the money of today."""
    other = works[FUNDED] - works[FUNDED_PNRR]
    split = works[list(OTHER_SOURCES)].astype(float).fillna(0.0)
    holds = (split.sum(axis="columns") - other).abs() < CENT
    lines = split.where(holds, 0.0).rename(columns=OTHER_SOURCES)
    lines = lines.assign(pnrr=works[FUNDED_PNRR], unspecified=other.where(~holds, 0.0))
    lines = lines.assign(project=works["project"], programme="PNRR " + works[MEASURE])
    lines = lines.melt(["project", "programme"], var_name="source", value_name="amount")
    lines = lines[(lines["amount"].abs() >= CENT) | (lines["source"] == "pnrr")]
    return lines.assign(secured=lines["source"] != "to_be_found", demonstration=False)


def _payments(rows: pd.DataFrame, beside: Mapping[str, bytes]) -> pd.DataFrame:
    columns = ["project", EXTRACTED, PAID, PAID_PNRR]
    paid = rows[columns]
    if "payments" in beside:
        columns_paid = [*KEY, EXTRACTED, PAID, PAID_PNRR]
        earlier = rows_beside({"beside": beside}, "payments", columns_paid)
        earlier[[PAID, PAID_PNRR]] = earlier[[PAID, PAID_PNRR]].apply(numbers)
        names = rows.drop_duplicates("project")[[*KEY, "project"]]
        paid = pd.concat([paid, earlier.merge(names, on=KEY)[columns].dropna()])
    paid = paid.drop_duplicates(["project", EXTRACTED])
    lines = paid[["project"]].assign(
        period=paid[EXTRACTED], pnrr=paid[PAID_PNRR], unspecified=paid[PAID] - paid[PAID_PNRR]
    )
    lines = lines.melt(["project", "period"], var_name="source", value_name="amount")
    lines = lines[(lines["amount"].abs() >= CENT) | (lines["source"] == "pnrr")]
    return lines.assign(demonstration=False)
