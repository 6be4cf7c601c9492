"""Project tables of a release from the rows of a file of funded works: one work is one CUP."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# The closed list of Italia Domani and OpenCoesione.
SOURCES = (
    "state", "pnrr", "pnc", "eu", "region", "metropolitan_city", "municipality", "foi",
    "other_public", "other_funds", "private", "to_be_found",
)  # fmt: skip
UNSPECIFIED, TO_BE_FOUND, TOTAL = "unspecified", "to_be_found", "total"
REVOKED = "revoked"
CENT = 0.01
KEY = ["project", "extracted"]  # one work on one day
PART = ["local_code", "measure_code"]  # a CUP may have several parts, each with its row
TEXT = ("title", "summary", "cup", "local_code", "measure_code", "measure", "sector", "phase",
        "state", "traits")  # fmt: skip
DATES = ("planned_start", "planned_end", "actual_start", "actual_end")
NO_TEXT = pd.Series(dtype="str")
SEVERAL = 2  # rows from which each may repeat the total of the CUP


@dataclass(frozen=True, slots=True)
class Programme:
    """Whose works a file has.

    `areas`: by the beginning of a measure's code its policy area; the longest counts. `persons`:
    the measures whose beneficiaries may be private persons: without title. `name`: the programme
    that pays. `dataset` and `snapshot`: of the file.
    """

    name: str = ""
    areas: Mapping[str, str] = field(default_factory=dict)
    persons: Sequence[str] = ()
    dataset: str = ""
    snapshot: str | None = None


def identity(cup: pd.Series[str], local_code: pd.Series[str]) -> pd.Series[str]:
    """Return the id of each work: its CUP, or its provider's code where it has none."""
    by_cup = "cup-" + cup.where(cup != "")
    return by_cup.fillna("codice-" + slug(local_code)).str.lower()


def slug(names: pd.Series[str]) -> pd.Series[str]:
    """Return names as written in addresses: `COMUNE DI ARESE` → `comune-di-arese`."""
    return (
        names.str.strip()
        .str.normalize("NFKD")
        .str.replace(r"[^\x00-\x7f]", "", regex=True)
        .str.replace(r"[^A-Za-z0-9]+", "-", regex=True)
        .str.strip("-")
        .str.lower()
    )


def funded(column: str) -> str:
    """Return the column of the funding from a source, or `total`."""
    return f"funding_{column}"


def paid(column: str) -> str:
    """Return the column of the payments from a source, or `total`."""
    return f"paid_{column}"


def _source_columns(frame: pd.DataFrame, prefix: str) -> list[str]:
    """Return the columns of money by source, without the total."""
    names = [str(name) for name in frame.columns]
    return [n for n in names if n.startswith(prefix) and n != f"{prefix}{TOTAL}"]


def tables(facts: pd.DataFrame, programme: Programme) -> dict[str, pa.Table]:
    """Return the project tables; each row of `facts` is about one work, place and day.

    `facts` has `project`, `extracted` (blank where no day is known), `territory`, `share` and
    those of `TEXT`, `DATES`, `body`, `tax_code` and money (`funded`, `paid`) that the file has.
    """
    works = _works(_parts(facts))
    last = works.sort_values("extracted").drop_duplicates("project", keep="last")
    rows = facts.merge(last[KEY], on=KEY)
    frames = {
        "project": _projects(last, programme),
        "project_node": _nodes(rows, programme.areas),
        "project_place": _places(rows),
        **_actors(last),
        "funding_line": _funding(last[last["state"] != REVOKED], programme.name),
        "payment": _payments(works),
        "extraction": _extractions(works).assign(
            dataset=programme.dataset, snapshot=programme.snapshot
        ),
    }
    return {name: pa.Table.from_pandas(t, preserve_index=False) for name, t in frames.items()}


def _parts(facts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per part and day, with every column of text; running parts come first.

    A grant that was renounced and granted again has two rows, in any order.
    """
    rows = facts.reset_index(drop=True)
    rows = rows.assign(**{c: NO_TEXT for c in (*TEXT, "body", "tax_code") if c not in rows})
    order = (rows["state"] == REVOKED).fillna(value=False).to_numpy(bool).argsort(kind="stable")
    is_first = ~rows.iloc[order].duplicated([*KEY, *PART])
    return rows[is_first.sort_index()]


def _works(parts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per work and day: its parts summed, their common total once."""
    is_live = parts["state"] != REVOKED
    parts = parts[is_live | ~is_live.groupby([parts[k] for k in KEY]).transform("any")]
    groups = parts.groupby(KEY, sort=False)
    texts = [*TEXT, "body", "tax_code", *(d for d in DATES if d in parts)]
    works = groups[texts].first()
    for name in PART:
        works[name] = _distinct_values(parts, name).reindex(works.index, fill_value="")
    money = [str(c) for c in parts.columns if str(c).startswith((funded(""), paid("")))]
    sums = groups[money].sum(min_count=1)
    for prefix in (funded(""), paid("")):
        total = f"{prefix}{TOTAL}"
        if total in sums:
            is_common = (groups.size() >= SEVERAL) & (groups[total].max() == groups[total].min())
            sums[total] = _total(sums, prefix, groups[total].max().where(is_common))
    return works.join(sums).reset_index()


def _total(sums: pd.DataFrame, prefix: str, common: pd.Series[float]) -> pd.Series[float]:
    """Return the totals: the `common` one of all parts where their sources do not exceed it."""
    by_source = sums[_source_columns(sums, prefix)].sum(axis=1)
    return sums[f"{prefix}{TOTAL}"].mask(by_source <= common + CENT, common)


def _distinct_values(parts: pd.DataFrame, name: str) -> pd.Series[str]:
    """Return the values of a work's parts, separated by commas."""
    distinct = parts.dropna(subset=name).drop_duplicates([*KEY, name])
    is_several = distinct.duplicated(KEY, keep=False)
    lists = distinct[is_several].groupby(KEY)[name].agg(", ".join)
    values: pd.Series[str] = pd.concat([distinct[~is_several].set_index(KEY)[name], lists])
    return values


def _projects(works: pd.DataFrame, programme: Programme) -> pd.DataFrame:
    is_private = works["measure_code"].fillna("").str.startswith(tuple(programme.persons))
    works = works.assign(
        title=works["title"].mask(is_private), summary=works["summary"].mask(is_private)
    )
    texts = {f"{n}_it": _sentence(works[n]) for n in ("title", "summary")}
    texts |= {n: _stripped(works[n]) for n in TEXT[2:]}
    days = {n: pd.to_datetime(works[n]).dt.date for n in DATES if n in works}
    return with_titles(pd.DataFrame(texts)).assign(
        **days,
        project=works["project"],
        level="funded",
        dataset=programme.dataset,
        extracted=pd.to_datetime(works["extracted"]).dt.date,
        demonstration=False,
    )


def with_titles(works: pd.DataFrame) -> pd.DataFrame:
    """Give works without a title that of their measure, or their code."""
    title = works["title_it"].fillna(works["measure"])
    title = title.fillna("CUP " + works["cup"]).fillna(works["local_code"])
    return works.assign(title_it=title)


def without_given_titles(works: pd.DataFrame) -> pd.DataFrame:
    """Remove the titles that `with_titles` gave."""
    title = works["title_it"]
    is_given = (title == works["measure"]) | (title == "CUP " + works["cup"])
    is_given |= title == works["local_code"]
    return works.assign(title_it=title.mask(is_given))


def _sentence(texts: pd.Series[str]) -> pd.Series[str]:
    """Return texts with single spaces, and with dots instead of asterisks."""
    texts = texts.astype("str").str.replace("*", " · ", regex=False)
    return _stripped(texts.str.replace(r"\s+", " ", regex=True))


def _stripped(texts: pd.Series[str]) -> pd.Series[str]:
    """Return stripped texts; blank ones are missing."""
    texts = texts.astype("str").str.strip()
    return texts.where(texts != "")


def _nodes(rows: pd.DataFrame, areas: Mapping[str, str]) -> pd.DataFrame:
    """Return the policy areas of each work, that of the part with most money first."""
    codes = rows["measure_code"].fillna("")
    node = pd.Series(pd.NA, index=rows.index, dtype="str")
    for prefix in sorted(areas, key=len):
        node = node.mask(codes.str.startswith(prefix), areas[prefix])
    money = _source_columns(rows, funded(""))
    weight = rows[money].sum(axis=1) if money else 0.0
    nodes = rows[["project"]].assign(node=node, weight=weight)[node.notna()]
    nodes = nodes.sort_values(["project", "weight"], ascending=[True, False], kind="stable")
    nodes = nodes.drop_duplicates(["project", "node"]).drop(columns="weight")
    position = nodes.groupby("project").cumcount() + 1
    role = position.eq(1).map({True: "primary", False: "secondary"})
    return nodes.assign(role=role, position=position)


def _places(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the municipalities, with the declared share, or 1 for a single municipality."""
    share = rows["share"] if "share" in rows else pd.Series(float("nan"), index=rows.index)
    places = rows[["project", "territory"]].assign(share=share)
    places = places.sort_values("share").drop_duplicates(["project", "territory"])
    is_single = places.groupby("project")["territory"].transform("size") == 1
    is_whole = is_single & places["share"].isna()
    return places.assign(share=places["share"].mask(is_whole, 1.0))


def _actors(works: pd.DataFrame) -> dict[str, pd.DataFrame]:
    works = works[_stripped(works["body"]).notna()]
    name = works["body"].str.strip().str.replace(r"\s+", " ", regex=True)
    code = works["tax_code"].astype("str").str.zfill(11)
    company = code.where(code.str.fullmatch(r"\d{11}").fillna(value=False))
    bodies = pd.DataFrame({"actor": slug(name), "name": name, "tax_code": company})
    bodies = bodies.sort_values(["actor", "tax_code"]).drop_duplicates("actor")
    roles = pd.DataFrame({"project": works["project"], "actor": slug(name)})
    roles = roles.assign(role="implementing_body", demonstration=False)
    return {"actor": bodies, "project_actor": roles}


def _lines(works: pd.DataFrame, prefix: str, ids: Iterable[str]) -> pd.DataFrame:
    """Return one line per source, and what the total exceeds their sum by as unspecified."""
    sources = _source_columns(works, prefix)
    lines = works[[*ids, *sources]].rename(columns=lambda c: c.removeprefix(prefix))
    if f"{prefix}{TOTAL}" in works:
        unspecified = works[f"{prefix}{TOTAL}"] - works[sources].sum(axis=1)
        lines = lines.assign(**{UNSPECIFIED: unspecified})
    lines = lines.melt(list(ids), var_name="source", value_name="amount")
    is_pnrr = lines["amount"].notna() & (lines["source"] == "pnrr")  # a zero is a fact too
    return lines[is_pnrr | (lines["amount"].abs() >= CENT)]


def _funding(works: pd.DataFrame, programme: str) -> pd.DataFrame:
    lines = _lines(works, funded(""), ["project", "measure_code"])
    lines = lines[lines["amount"] >= 0]  # a total may be some cents below its own parts
    label = (programme + " " + lines["measure_code"].fillna("")).str.strip()
    lines = lines.assign(programme=label, secured=lines["source"] != TO_BE_FOUND)
    return lines.drop(columns="measure_code").assign(demonstration=False)


def _payments(works: pd.DataFrame) -> pd.DataFrame:
    lines = _lines(works, paid(""), KEY)
    lines = lines[lines["extracted"] != ""]
    return lines.rename(columns={"extracted": "period"}).assign(demonstration=False)


def _extractions(works: pd.DataFrame) -> pd.DataFrame:
    """Return each work's phase, funding and payments on each day."""
    works = works[works["extracted"] != ""]
    return works[["project", "phase"]].assign(
        extracted=pd.to_datetime(works["extracted"]).dt.date,
        funding=_all_sources(works, funded("")),
        paid=_all_sources(works, paid("")),
    )


def _all_sources(works: pd.DataFrame, prefix: str) -> pd.Series[float] | float:
    """Return the total of each work, or else the sum of its sources."""
    sources = _source_columns(works, prefix)
    sums = works[sources].sum(axis=1, min_count=1) if sources else float("nan")
    total = f"{prefix}{TOTAL}"
    return works[total].fillna(sums) if total in works else sums
