"""The marts computed in pandas, to compare time and figures with the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Indicator

CELL = ["territory", "period"]
OWN = ("region", "country")


def observations(catalog: Catalog, component: pd.DataFrame, day: str, least: float) -> pd.DataFrame:
    """Return indicator, territory, period and value, as of `day`, from coverage `least` on."""
    figures = component.assign(start=_start(component["period"]))
    names = figures["dataset"] + "." + figures["variable"]
    parts = {str(name): part for name, part in figures.groupby(names)}
    places = _places(catalog, day)
    residents = _residents(parts["population.residents"], places)
    weights = places.merge(residents, left_on="member", right_index=True, how="left")
    whole = weights.groupby("territory")["residents"].sum()
    found = [
        _of(indicator, parts, weights, whole, least).assign(indicator=indicator.id)
        for indicator in catalog.indicators.values()
    ]
    return pd.concat(found, ignore_index=True).dropna(subset="value")


def _of(
    indicator: Indicator,
    parts: Mapping[str, pd.DataFrame],
    places: pd.DataFrame,
    whole: pd.Series[float],
    least: float,
) -> pd.DataFrame:
    none = pd.DataFrame(columns=["territory", "period", "value", "start"])
    x = parts.get(indicator.numerator, none)
    cells = x[[*CELL, "value", "start"]].rename(columns={"value": "x"})
    other = indicator.denominator or indicator.weight
    y = parts.get(other, none) if other else none
    cells = _aligned(cells, y[[*CELL, "value", "start"]].rename(columns={"value": "y"}), indicator)
    cells = cells.merge(places, left_on="territory", right_on="member", suffixes=("_of", ""))
    is_mean = indicator.aggregate == "weighted_mean"
    needs_y = (indicator.aggregate == "ratio") | (is_mean & cells["is_sum"])
    known = cells[cells["x"].notna() & (cells["y"].notna() | ~needs_y)]
    if indicator.aggregate == "none":
        known = known[~known["is_sum"]]
    known = known.assign(top=known["x"] * known["y"] if is_mean else known["x"])
    sums = known.groupby(CELL).agg(
        top=("top", "sum"),
        y=("y", "sum"),
        x=("x", "first"),
        residents=("residents", "sum"),
        is_sum=("is_sum", "first"),
    )
    covered = sums["residents"] / whole.reindex(sums.index.get_level_values("territory")).to_numpy()
    sums = sums[~sums["is_sum"].astype(bool) | (covered >= least)]
    rate = sums["top"] / sums["y"].where(sums["y"] != 0)
    is_sum = sums["is_sum"].astype(bool)
    plain = sums["x"].where(~is_sum, sums["top"])
    by_rate = is_sum if is_mean else (indicator.aggregate == "ratio") | (is_sum & False)
    return (plain.where(~by_rate, rate) * indicator.multiplier).rename("value").reset_index()


def _aligned(x: pd.DataFrame, y: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    if indicator.align == "same" or y.empty or x.empty:
        return x.merge(y.drop(columns="start"), on=CELL, how="left")
    known = y.dropna(subset="y").drop(columns="period").sort_values("start")
    direction: Literal["backward", "nearest"]
    direction = "backward" if indicator.align == "latest" else "nearest"
    return pd.merge_asof(
        x.sort_values("start"), known, on="start", by="territory", direction=direction
    )


def _places(catalog: Catalog, day: str) -> pd.DataFrame:
    rows = [
        (m.municipality, m.zone)
        for m in catalog.memberships
        if str(m.valid_from) <= day <= str(m.valid_to or day)
    ]
    parents = {zone: catalog.territories[zone].parent for _, zone in rows}
    sums = [*rows, *((m, parents[z]) for m, z in rows if parents[z])]
    own = [m for m, _ in rows]
    own += [t.territory for t in catalog.territories.values() if t.level in OWN]
    return pd.DataFrame(
        [*((m, t, True) for m, t in sums), *((m, m, False) for m in own)],
        columns=["member", "territory", "is_sum"],
    )


def _residents(figures: pd.DataFrame, places: pd.DataFrame) -> pd.Series[float]:
    members = places[places["is_sum"]]["member"].unique()
    known = figures[figures["territory"].isin(members)].dropna(subset="value")
    full = known.groupby("start").size()
    last = full[full == full.max()].index.max()
    found: pd.Series[float] = known[known["start"] == last].set_index("territory")["value"]
    return found.rename("residents")


def _start(periods: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    named = periods.drop_duplicates()
    return periods.map(dict(zip(named, named.map(_first_day), strict=True)))


def _first_day(period: str) -> pd.Timestamp:
    year, _, rest = period.partition("-")
    if rest.startswith("S"):
        return pd.Timestamp(int(year), 6 * int(rest[1:]) - 5, 1)
    if rest.startswith("Q"):
        return pd.Timestamp(int(year), 3 * int(rest[1:]) - 2, 1)
    return pd.Timestamp(period)
