"""An invented country: its declarations, figures and outlines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from bench.outlines import outlines
from warehouse.declarations.loader import Catalog
from warehouse.schema.input_tables import INPUTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATASETS = 6
SHA = "0" * 64
COUNTRY = "country"
COMPONENT = "component.parquet"
START = "2000-01-01"  # of every membership

# Invented but realistic figures: a level per municipality, a trend, a little noise; rounded as
# providers do. One in two hundred is missing.
FIGURES = """
copy (
    select
        if(v = 0, 'population', 'd' || v % {datasets}) as dataset,
        if(v = 0, 'residents', 'v' || v) as variable,
        lpad(m::varchar, 6, '0') as territory,
        ({first} + y)::varchar as period,
        round(
            (200 + hash(m) % 30000) * (1 + 0.01 * y)
            * if(v = 0, 1, 0.2 + hash(v, m) % 100 / 200 + hash(v, m, y) % 100 / 5000),
            if(v % 2 = 0, 0, 2)
        ) as value,
        'A' as obs_status,
        '{sha}' as snapshot
    from range({indicators} + 1) as vs (v),
        range({municipalities}) as ms (m),
        range({years}) as ys (y)
    where v = 0 or hash(v, y, m) % 200 > 0
) to '{path}' (format parquet, compression zstd)
"""


@dataclass(frozen=True, slots=True)
class Country:
    """A country: how many municipalities, in provinces of one size, with how many indicators."""

    municipalities: int
    provinces: int
    indicators: int
    years: int = 20
    first: int = 2005

    def write_figures(self, folder: Path) -> None:
        """Write invented figures of every municipality and year into `folder`."""
        with duckdb.connect() as connection:
            connection.execute("set enable_progress_bar = false")
            connection.execute(
                FIGURES.format(
                    datasets=DATASETS,
                    first=self.first,
                    sha=SHA,
                    indicators=self.indicators,
                    municipalities=self.municipalities,
                    years=self.years,
                    path=folder / COMPONENT,
                )
            )

    def inputs(self, folder: Path) -> dict[str, pa.Table | Path]:
        """Return the input tables of a release, figures in `folder`."""
        names = ["population", *(f"d{n}" for n in range(DATASETS))]
        snapshots = [{"snapshot": SHA, "dataset": name, "file": f"{name}.csv"} for name in names]
        codes = list(map(_code, range(self.municipalities)))
        shapes = [
            {"territory": code, "geometry": outline}
            for code, outline in zip(codes, outlines(self.municipalities), strict=True)
        ]
        return {
            "component": folder / COMPONENT,
            "snapshot": _table("snapshot", snapshots),
            "territory_geometry": _table("territory_geometry", shapes),
        }

    def catalog(self) -> Catalog:
        """Declare the country."""
        node = {"id": "economy", "type": "policy_area", "title": _words("Sviluppo")}
        plan = {"id": "2024", "title": _words("2024"), "start": 2024, "end": 2026, "current": True}
        return Catalog.model_validate(
            {
                "plan": {
                    "title": _words("Piano"),
                    "body": _words("Paese"),
                    "cycles": [plan | {"framework": [node]}],
                },
                "units": {"number": {"symbol": _words("n."), "change": "percent"}},
                "indicators": {f"i{n:03}": _indicator(n) for n in range(1, self.indicators + 1)},
                "datasets": dict(self._datasets()),
                "territories": {t["territory"]: t for t in self._territories()},
                "memberships": [
                    {"municipality": _code(m), "zone": self._province(m), "valid_from": START}
                    for m in range(self.municipalities)
                ],
                "successions": (),
                "corrections": (),
            }
        )

    def _province(self, municipality: int) -> str:
        return f"p{municipality * self.provinces // self.municipalities:03}"

    def _datasets(self) -> Iterator[tuple[str, dict[str, Any]]]:
        variables: dict[str, list[str]] = {f"d{n}": [] for n in range(DATASETS)}
        variables["population"] = ["residents"]
        for n in range(1, self.indicators + 1):
            variables[f"d{n % DATASETS}"].append(f"v{n}")
        for name, names in variables.items():
            yield name, _dataset(name, names)

    def _territories(self) -> Iterator[dict[str, Any]]:
        yield _territory(COUNTRY, "metro", None)
        for p in range(self.provinces):
            yield _territory(f"p{p:03}", "zone", COUNTRY)
        for m in range(self.municipalities):
            yield _territory(_code(m), "municipality", self._province(m))


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=INPUTS[name].schema)


def _indicator(n: int) -> dict[str, Any]:
    return {
        "id": f"i{n:03}",
        "area": "economy",
        "title": _words(f"I{n}"),
        "short": _words(f"I{n}"),
        "description": _words(f"I{n}"),
        "unit": "number",
        "decimals": 2,
        "better": "neither",
        "numerator": f"d{n % DATASETS}.v{n}",
        **(
            {"aggregate": "ratio", "denominator": "population.residents"}
            if n % 3
            else {"aggregate": "weighted_mean", "weight": "population.residents"}
        ),
    }


def _dataset(name: str, variables: list[str]) -> dict[str, Any]:
    return {
        "id": name,
        "title": _words(name),
        "provider": "-",
        "attribution": _words("-"),
        "address": "-",
        "licence": "-",
        "cadence": "annual",
        "owner": "-",
        "variables": {v: {"title": _words(v), "unit": "number"} for v in variables},
    }


def _territory(code: str, level: str, parent: str | None) -> dict[str, Any]:
    return {"territory": code, "name": code, "short": code, "level": level, "parent": parent}


def _code(m: int) -> str:
    return f"{m:06}"


def _words(text: str) -> dict[str, str]:
    return {"it": text, "en": text}
