"""A small metropolitan city of five municipalities in three zones, and figures written as text."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from warehouse.build.build import Draft, build_draft, read_draft
from warehouse.declarations.loader import Catalog
from warehouse.query.releases import Releases
from warehouse.release.publish import publish
from warehouse.schema.input_tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from warehouse.config import Config
    from warehouse.query.store import Store

    Configure: TypeAlias = Callable[..., Config]

CINISELLO, SESTO, COLOGNO, CERNUSCO, VERMEZZO_CON_ZELO = (
    "015077",
    "015209",
    "015081",
    "015070",
    "015251",
)
VERMEZZO, ZELO = "015235", "015246"
NORD, ADDA, MAGENTINO, METRO = "nord-milano", "adda-martesana", "magentino-abbiatense", "cm-milano"
ZONE_OF = {
    CINISELLO: NORD,
    SESTO: NORD,
    COLOGNO: ADDA,
    CERNUSCO: ADDA,
    VERMEZZO_CON_ZELO: MAGENTINO,
}
SNAPSHOT = "5" * 64
FIRST_DRAFTS = TemporaryDirectory(prefix="first-drafts-")  # removed when the tests end
# Cinisello 60 of the 100 residents of Nord Milano, Sesto 40; Adda Martesana 50 + 30.
RESIDENTS = """
    people.residents 015077 2023 60
    people.residents 015209 2023 40
    people.residents 015081 2023 50
    people.residents 015070 2023 30
    people.residents 015251 2023 20
""".replace("people.", "population.")


def words(text: str) -> dict[str, str]:
    """Return a text that is the same in both languages."""
    return {"it": text, "en": text}


def indicator(name: str, aggregate: str, **more: object) -> dict[str, Any]:
    """Declare an indicator of `money.paid`; ratios and means are by `population.residents`."""
    base: dict[str, Any] = {
        "id": name,
        "area": "economy",
        "title": words(name),
        "short": words(name),
        "description": words(name),
        "unit": "number",
        "decimals": 1,
        "better": "higher",
        "aggregate": aggregate,
        "numerator": "money.paid",
    }
    part = {"ratio": "denominator", "weighted_mean": "weight"}.get(aggregate)
    return base | ({part: "population.residents"} if part else {}) | more


def small_catalog(*indicators: dict[str, Any]) -> Catalog:
    """Declare the five municipalities, the given indicators and the sums of money they need."""
    names = [str(i.get(part, "")) for i in indicators for part in ("numerator", "denominator")]
    money = {"paid"} | {n.removeprefix("money.") for n in names if n.startswith("money.")}
    return Catalog.model_validate(
        {
            "plan": {
                "title": words("Piano"),
                "body": words("Ente"),
                "cycles": [_cycle()],
            },
            "units": {u: {"symbol": words(u), "change": "percent"} for u in ("number", "percent")},
            "indicators": {i["id"]: i for i in indicators},
            "datasets": {
                "money": _dataset("money", *sorted(money)),
                "population": _dataset("population", "residents"),
            },
            "territories": _territories(),
            "memberships": [
                *({"municipality": m, "zone": z, "valid_from": "2015-09-17"} for m, z in _stable()),
                _member(COLOGNO, NORD, "2015-09-17", "2017-02-22"),
                _member(COLOGNO, ADDA, "2017-02-23"),
                _member(VERMEZZO, MAGENTINO, "2015-09-17", "2019-02-07"),
                _member(ZELO, MAGENTINO, "2015-09-17", "2019-02-07"),
                _member(VERMEZZO_CON_ZELO, MAGENTINO, "2019-02-08"),
            ],
            "successions": [
                {"predecessor": p, "successor": VERMEZZO_CON_ZELO, "date": "2019-02-08"}
                for p in (VERMEZZO, ZELO)
            ],
            "corrections": (),
        }
    )


def components(text: str) -> dict[str, pa.Table]:
    """Read `dataset.variable territory period value [status]` lines; `-` means no value."""
    rows = [line.split() for line in text.splitlines() if line.strip()]
    return inputs(
        component=[
            {
                "dataset": name.split(".")[0],
                "variable": name.split(".")[1],
                "territory": territory,
                "period": period,
                "value": None if value == "-" else float(value),
                "obs_status": status[0] if status else "A",
                "snapshot": SNAPSHOT,
            }
            for name, territory, period, value, *status in rows
        ],
        snapshot=[
            {"snapshot": SNAPSHOT, "dataset": d, "file": f"{d}.csv", "fetched": _fetched()}
            for d in ("money", "population")
        ],
    )


def inputs(**tables: list[dict[str, Any]]) -> dict[str, pa.Table]:
    """Make input tables of rows."""
    return {
        name: pa.Table.from_pylist(rows, schema=INPUTS[name].schema)
        for name, rows in tables.items()
    }


def build(config: Config, text: str, *indicators: dict[str, Any], **more: pa.Table) -> Draft:
    """Build a draft of the figures in `text`; a deployment's first one once, and then copy it.

    A test of how drafts are built calls `build_draft` itself.
    """
    catalog = small_catalog(*indicators)
    if more or config.releases.exists():
        return build_draft(config, catalog, {**components(text), **more})
    key = f"{catalog.model_dump_json()} {config.thresholds} {text}"
    place = Path(FIRST_DRAFTS.name) / sha256(key.encode()).hexdigest()
    if not place.exists():
        path = build_draft(config, catalog, components(text)).path
        shutil.copytree(path, place / path.name)
    shutil.copytree(place, config.releases, dirs_exist_ok=True)
    return read_draft(config, next(place.iterdir()).stem)


def store_of(config: Config, text: str, *indicators: dict[str, Any]) -> Store:
    """Build and publish the figures in `text`, and open them."""
    publish(config, build(config, text, *indicators).release)
    return Releases(config).open()


def observed(store: Store, name: str) -> dict[tuple[str, str], tuple[float, float, str]]:
    """Return value, coverage and status of an indicator by territory and period."""
    frame = store.frame(
        "indicator_levels", indicators=[name], levels=["municipality", "zone", "metro"]
    )
    rows = frame[["territory", "period", "value", "coverage", "obs_status"]]
    return {(t, p): (v, c, s) for t, p, v, c, s in rows.itertuples(index=False)}


def failed(draft: Draft) -> set[str]:
    """Return the names of the `error` audits that found bad rows."""
    return {audit.audit for audit in draft.manifest.failed}


def _cycle() -> dict[str, Any]:
    node = {"id": "economy", "type": "policy_area", "title": words("Sviluppo")}
    return {
        "id": "2019-2021",
        "title": words("Ciclo"),
        "start": 2019,
        "end": 2021,
        "current": True,
        "framework": [node],
    }


def _dataset(name: str, *variables: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": words(name),
        "provider": "Istat",
        "attribution": words("Istat"),
        "address": "https://www.istat.it",
        "licence": "CC BY 4.0",
        "cadence": "annual",
        "owner": "Ufficio statistica",
        "public_variables": True,
        "variables": {v: {"title": words(v), "unit": "number"} for v in variables},
    }


def _territories() -> dict[str, dict[str, Any]]:
    rows = [_territory(METRO, "metro", None)]
    rows += [_territory(zone, "zone", METRO) for zone in (NORD, ADDA, MAGENTINO)]
    rows += [_territory(m, "municipality", z) for m, z in ZONE_OF.items()]
    gone = {"valid_to": "2019-02-07"}
    rows += [_territory(m, "municipality", MAGENTINO) | gone for m in (VERMEZZO, ZELO)]
    return {row["territory"]: row for row in rows}


def _territory(code: str, level: str, parent: str | None) -> dict[str, Any]:
    return {"territory": code, "name": code, "short": code, "level": level, "parent": parent}


def _stable() -> list[tuple[str, str]]:
    return [(m, z) for m, z in ZONE_OF.items() if m not in {COLOGNO, VERMEZZO_CON_ZELO}]


def _member(municipality: str, zone: str, start: str, end: str | None = None) -> dict[str, Any]:
    return {"municipality": municipality, "zone": zone, "valid_from": start, "valid_to": end}


def _fetched() -> datetime:
    return datetime(2026, 1, 31, tzinfo=UTC)
