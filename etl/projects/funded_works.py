"""What a file says of funded works → the tables of a release: one work is one CUP."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# The closed list of Italia Domani and OpenCoesione, and what a file does not tell apart.
SOURCES = (
    "state", "pnrr", "pnc", "eu", "region", "metropolitan_city", "municipality", "foi",
    "other_public", "other_funds", "private", "to_be_found",
)  # fmt: skip
UNSPECIFIED, TO_BE_FOUND, TOTAL = "unspecified", "to_be_found", "total"
REVOKED = "revoked"
CENT = 0.01
KEY = ["project", "extracted"]  # what a file says on one day of one work
PART = ["local_code", "measure_code"]  # a CUP may have several, each with its row
TEXT = ("title", "summary", "cup", "local_code", "measure_code", "measure", "sector", "phase",
        "state", "traits")  # fmt: skip
DATES = ("planned_start", "planned_end", "actual_start", "actual_end")
_NOTHING = pd.Series(dtype="str")
SHARED_KEY = 2  # rows from which the total of a CUP may stand in each


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
    """Return the name of each work: its CUP, or its provider's code where it has none."""
    known = "cup-" + cup.where(cup != "")
    return known.fillna("codice-" + slug(local_code)).str.lower()


def slug(names: pd.Series[str]) -> pd.Series[str]:
    """Return names as they stand in addresses: `COMUNE DI ARESE` → `comune-di-arese`."""
    return (
        names.str.strip()
        .str.normalize("NFKD")
        .str.replace(r"[^\x00-\x7f]", "", regex=True)
        .str.replace(r"[^A-Za-z0-9]+", "-", regex=True)
        .str.strip("-")
        .str.lower()
    )


def funded(column: str) -> str:
    """Return the column of `said` with the money of a source, or `total`."""
    return f"funding_{column}"


def paid(column: str) -> str:
    """Return the column of `said` with what is paid of a source, or `total`."""
    return f"paid_{column}"


def _columns(frame: pd.DataFrame, beginning: str) -> list[str]:
    """Return the columns of money by source, without the total."""
    names = [str(name) for name in frame.columns]
    return [n for n in names if n.startswith(beginning) and n != f"{beginning}{TOTAL}"]


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


def _parts(said: pd.DataFrame) -> pd.DataFrame:
    """Return one row a part and day, with every column of words; one that goes on before others.

    What was given up and given again stands twice, in whatever order.
    """
    rows = said.reset_index(drop=True)
    rows = rows.assign(**{c: _NOTHING for c in (*TEXT, "body", "tax_code") if c not in rows})
    order = (rows["state"] == REVOKED).fillna(value=False).to_numpy(bool).argsort(kind="stable")
    chosen = ~rows.iloc[order].duplicated([*KEY, *PART])
    return rows[chosen.sort_index()]


def _works(parts: pd.DataFrame) -> pd.DataFrame:
    """Return one row a work and day: its parts summed, their common total once."""
    live = parts["state"] != REVOKED
    parts = parts[live | ~live.groupby([parts[k] for k in KEY]).transform("any")]
    grouped = parts.groupby(KEY, sort=False)
    words = [*TEXT, "body", "tax_code", *(d for d in DATES if d in parts)]
    first = grouped[words].first()
    for name in PART:
        first[name] = _joined(parts, name).reindex(first.index, fill_value="")
    money = [str(c) for c in parts.columns if str(c).startswith(("funding_", "paid_"))]
    sums = grouped[money].sum(min_count=1)
    several = grouped.size() >= SHARED_KEY
    for of in (funded, paid):
        if of(TOTAL) not in sums:
            continue
        each = grouped[of(TOTAL)].max()
        known = sums[_columns(sums, of(""))].sum(axis=1)
        once = several & (each == grouped[of(TOTAL)].min()) & (known <= each + CENT)
        sums[of(TOTAL)] = sums[of(TOTAL)].mask(once, each)
    return first.join(sums).reset_index()


def _joined(parts: pd.DataFrame, name: str) -> pd.Series[str]:
    """Return the values of a work's parts, each once."""
    each = parts.dropna(subset=name).drop_duplicates([*KEY, name])
    several = each.duplicated(KEY, keep=False)
    many = each[several].groupby(KEY)[name].agg(", ".join)
    joined: pd.Series[str] = pd.concat([each[~several].set_index(KEY)[name], many])
    return joined


def _projects(works: pd.DataFrame, programme: Programme) -> pd.DataFrame:
    private = works["measure_code"].fillna("").str.startswith(tuple(programme.persons))
    shown = works.assign(title=works["title"].mask(private), summary=works["summary"].mask(private))
    table = {f"{n}_it": _sentence(shown[n]) for n in ("title", "summary")}
    table |= {n: _told(shown[n]) for n in TEXT[2:]}
    days = {n: pd.to_datetime(shown[n]).dt.date for n in DATES if n in shown}
    return called(pd.DataFrame(table)).assign(
        **days,
        project=works["project"],
        level="funded",
        dataset=programme.dataset,
        extracted=pd.to_datetime(works["extracted"]).dt.date,
        demonstration=False,
    )


def called(works: pd.DataFrame) -> pd.DataFrame:
    """Name the works that their source does not: by the measure, or by their code."""
    title = works["title_it"].fillna(works["measure"])
    title = title.fillna("CUP " + works["cup"]).fillna(works["local_code"])
    return works.assign(title_it=title)


def uncalled(works: pd.DataFrame) -> pd.DataFrame:
    """Take away the titles that `called` gave."""
    title = works["title_it"]
    given = (title == works["measure"]) | (title == "CUP " + works["cup"])
    given |= title == works["local_code"]
    return works.assign(title_it=title.mask(given))


def _sentence(words: pd.Series[str]) -> pd.Series[str]:
    plain = words.astype("str").str.replace("*", " · ", regex=False)
    return _told(plain.str.replace(r"\s+", " ", regex=True))


def _told(words: pd.Series[str]) -> pd.Series[str]:
    text = words.astype("str").str.strip()
    return text.where(text != "")


def _nodes(rows: pd.DataFrame, areas: Mapping[str, str]) -> pd.DataFrame:
    """Return the policy areas, the first that of the part with most money."""
    codes = rows["measure_code"].fillna("")
    node = pd.Series(pd.NA, index=rows.index, dtype="str")
    for prefix in sorted(areas, key=len):
        node = node.mask(codes.str.startswith(prefix), areas[prefix])
    money = _columns(rows, funded(""))
    weight = rows[money].sum(axis=1) if money else 0.0
    nodes = rows[["project"]].assign(node=node, weight=weight)[node.notna()]
    nodes = nodes.sort_values(["project", "weight"], ascending=[True, False], kind="stable")
    nodes = nodes.drop_duplicates(["project", "node"]).drop(columns="weight")
    position = nodes.groupby("project").cumcount() + 1
    role = position.eq(1).map({True: "primary", False: "secondary"})
    return nodes.assign(role=role, position=position)


def _places(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the municipalities, with the declared share or the whole where there is but one."""
    share = rows["share"] if "share" in rows else pd.Series(float("nan"), index=rows.index)
    places = rows[["project", "territory"]].assign(share=share)
    places = places.sort_values("share").drop_duplicates(["project", "territory"])
    alone = places.groupby("project")["territory"].transform("size") == 1
    return places.assign(share=places["share"].mask(alone & places["share"].isna(), 1.0))


def _actors(works: pd.DataFrame) -> dict[str, pd.DataFrame]:
    known = works[_told(works["body"]).notna()]
    name = known["body"].str.strip()
    name = name.str.replace(r"\s+", " ", regex=True)
    code = known["tax_code"].astype("str").str.zfill(11)
    company = code.where(code.str.fullmatch(r"\d{11}").fillna(value=False))
    bodies = pd.DataFrame({"actor": slug(name), "name": name, "tax_code": company})
    bodies = bodies.sort_values(["actor", "tax_code"]).drop_duplicates("actor")
    roles = pd.DataFrame({"project": known["project"], "actor": slug(name)})
    roles = roles.assign(role="implementing_body", demonstration=False)
    return {"actor": bodies, "project_actor": roles}


def _lines(works: pd.DataFrame, prefix: str, ids: Iterable[str]) -> pd.DataFrame:
    """Return one line a source, and how the total differs from those that are told."""
    told = _columns(works, prefix)
    lines = works[[*ids, *told]].rename(columns=lambda c: c.removeprefix(prefix))
    if f"{prefix}{TOTAL}" in works:
        rest = works[f"{prefix}{TOTAL}"] - works[told].sum(axis=1)
        lines = lines.assign(**{UNSPECIFIED: rest})
    lines = lines.melt(list(ids), var_name="source", value_name="amount")
    own = lines["amount"].notna() & (lines["source"] == "pnrr")  # nothing of it is told too
    return lines[own | (lines["amount"].abs() >= CENT)]


def _funding(works: pd.DataFrame, programme: str) -> pd.DataFrame:
    lines = _lines(works, "funding_", ["project", "measure_code"])
    lines = lines[lines["amount"] >= 0]  # a total may be some cents below its own parts
    named = (programme + " " + lines["measure_code"].fillna("")).str.strip()
    lines = lines.assign(programme=named, secured=lines["source"] != TO_BE_FOUND)
    return lines.drop(columns="measure_code").assign(demonstration=False)


def _payments(works: pd.DataFrame) -> pd.DataFrame:
    lines = _lines(works, "paid_", KEY)
    lines = lines[lines["extracted"] != ""]
    return lines.rename(columns={"extracted": "period"}).assign(demonstration=False)


def _extractions(works: pd.DataFrame) -> pd.DataFrame:
    works = works[works["extracted"] != ""]
    told = works[["project", "phase"]].assign(extracted=pd.to_datetime(works["extracted"]).dt.date)
    for name, of in (("funding", funded), ("paid", paid)):
        parts = _columns(works, of(""))
        total = works[parts].sum(axis=1, min_count=1) if parts else float("nan")
        told[name] = works[of(TOTAL)].fillna(total) if of(TOTAL) in works else total
    return told
