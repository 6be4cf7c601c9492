"""Observations computed in pandas, to compare their time and values with the warehouse's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from warehouse.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Level

CELL = ["territory", "period"]
PUBLISHED = "published "  # before the metropolitan city: its own figure, not the sum
REFERENCES: tuple[Level, ...] = ("region", "country")


def observations(catalog: Catalog, component: pd.DataFrame, day: str, least: float) -> pd.DataFrame:
    """Return indicator, territory, period and value, as of `day`, from coverage `least` on."""
    figures = component.assign(start=_start(component["period"]))
    names = figures["dataset"] + "." + figures["variable"]
    parts = {str(name): part for name, part in figures.groupby(names)}
    places = _places(catalog, day)
    residents = _residents(parts["population.residents"], places)
    weights = places.merge(residents, left_on="member", right_index=True, how="left")
    residents_of = weights.groupby("territory")["residents"].sum()
    frames = [
        _values(indicator, parts, weights, residents_of, least).assign(indicator=indicator.id)
        for indicator in catalog.indicators.values()
    ]
    values = pd.concat(frames, ignore_index=True).dropna(subset="value")
    # a published figure of the metropolitan city counts where there is no sum
    values = values.sort_values("territory", key=lambda names: names.str.startswith(PUBLISHED))
    values["territory"] = values["territory"].str.removeprefix(PUBLISHED)
    return values.drop_duplicates(["indicator", *CELL])


def _values(
    indicator: Indicator,
    parts: Mapping[str, pd.DataFrame],
    places: pd.DataFrame,
    residents_of: pd.Series[float],
    least: float,
) -> pd.DataFrame:
    none = pd.DataFrame(columns=["territory", "period", "value", "start"])
    x = parts.get(indicator.numerator, none)
    cells = x[[*CELL, "value", "start"]].rename(columns={"value": "x"})
    divisor = indicator.denominator or indicator.weight
    y = parts.get(divisor, none) if divisor else none
    if indicator.align == "latest":
        y = _without_needless_provisional(y)
    cells = _aligned(cells, y[[*CELL, "value", "start"]].rename(columns={"value": "y"}), indicator)
    cells = cells.merge(places, left_on="territory", right_on="member", suffixes=("_of", ""))
    is_mean = indicator.aggregate == "weighted_mean"
    needs_y = (indicator.aggregate == "ratio") | (is_mean & cells["is_sum"])
    complete = cells[cells["x"].notna() & (cells["y"].notna() | ~needs_y)]
    if indicator.aggregate == "none":
        complete = complete[~complete["is_sum"]]
    complete = complete.assign(top=complete["x"] * complete["y"] if is_mean else complete["x"])
    sums = complete.groupby(CELL).agg(
        top=("top", "sum"),
        y=("y", "sum"),
        x=("x", "first"),
        residents=("residents", "sum"),
        is_sum=("is_sum", "first"),
    )
    covered = (
        sums["residents"]
        / residents_of.reindex(sums.index.get_level_values("territory")).to_numpy()
    )
    sums = sums[~sums["is_sum"].astype(bool) | (covered >= least)]
    rate = sums["top"] / sums["y"].where(sums["y"] != 0)
    is_sum = sums["is_sum"].astype(bool)
    plain = sums["x"].where(~is_sum, sums["top"])
    by_rate = is_sum if is_mean else (indicator.aggregate == "ratio") | (is_sum & False)
    return (plain.where(~by_rate, rate) * indicator.multiplier).rename("value").reset_index()


def _without_needless_provisional(stocks: pd.DataFrame) -> pd.DataFrame:
    """Leave out a provisional stock where there is a final one before it."""
    ordered = stocks.dropna(subset="value").sort_values("start")
    is_final = ordered["obs_status"] != "P"
    return ordered[is_final | ~is_final.groupby(ordered["territory"]).cummax()]


def _aligned(x: pd.DataFrame, y: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    if indicator.align == "same" or y.empty or x.empty:
        return x.merge(y.drop(columns="start"), on=CELL, how="left")
    figures = y.dropna(subset="y").drop(columns="period").sort_values("start")
    direction: Literal["backward", "nearest"]
    direction = "backward" if indicator.align == "latest" else "nearest"
    return pd.merge_asof(
        x.sort_values("start"), figures, on="start", by="territory", direction=direction
    )


def _places(catalog: Catalog, day: str) -> pd.DataFrame:
    rows = [
        (m.municipality, m.zone)
        for m in catalog.memberships
        if str(m.valid_from) <= day <= str(m.valid_to or day)
    ]
    parents = {zone: catalog.territories[zone].parent for _, zone in rows}
    sums = [*rows, *((m, parents[z]) for m, z in rows if parents[z])]
    places = [m for m, _ in rows]
    places += [t.territory for t in catalog.by_level(*REFERENCES)]
    metro = catalog.metro.territory
    return pd.DataFrame(
        [
            *((m, t, True) for m, t in sums),
            *((m, m, False) for m in places),
            (metro, PUBLISHED + metro, False),
        ],
        columns=["member", "territory", "is_sum"],
    )


def _residents(figures: pd.DataFrame, places: pd.DataFrame) -> pd.Series[float]:
    members = places[places["is_sum"]]["member"].unique()
    municipal = figures[figures["territory"].isin(members)].dropna(subset="value")
    sizes = municipal.groupby("start").size()
    start = sizes[sizes == sizes.max()].index.max()
    latest = municipal[municipal["start"] == start]
    residents: pd.Series[float] = latest.set_index("territory")["value"]
    return residents.rename("residents")


def _start(periods: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    starts = {text: pd.Timestamp(Period.parse(text).start) for text in periods.unique()}
    return periods.map(starts)
