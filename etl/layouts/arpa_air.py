"""Arpa's estimates of the air of each municipality: one row per sensor, with a year's figures."""

from __future__ import annotations

from typing import ClassVar

import pandas as pd
from pydantic import Field

from etl.parsing.cells import reject_cells, to_cells
from etl.parsing.delimited import read_companion, read_rows
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile
from etl.parsing.numbers import numbers
from warehouse.declarations.base import Declaration

SENSOR, NAME, PLACE = "idsensore", "sensore", "comune"


class Pollutant(Declaration):
    """Where the figures of a variable are: in one column of the rows of its sensors."""

    sensor: str = Field(description="How the names of its sensors begin.")
    column: str = Field(description="Column of the figure.")


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    required_companions: ClassVar[tuple[str, ...]] = ("sensors",)
    variables: dict[str, Pollutant] = Field(description="By variable: its sensors and its column.")


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return the figures of the declared variables, with the municipality's name as code.

    The companion file `sensors` gives the municipality of each sensor.
    """
    sensors = read_companion(context, "sensors", [SENSOR, NAME, PLACE])
    columns = {pollutant.column for pollutant in options.variables.values()}
    rows, rejected = read_rows(content, [SENSOR, *columns])
    rows = rows.merge(sensors[[SENSOR, NAME, PLACE]], on=SENSOR)
    parts: list[pd.DataFrame] = []
    for variable, pollutant in options.variables.items():
        column = pollutant.column
        of_sensors = rows[rows[NAME].str.startswith(f"{pollutant.sensor} ")]
        values = numbers(of_sensors[column])
        is_blank = of_sensors[column].str.strip() == ""
        rejected += reject_cells(of_sensors[values.isna() & ~is_blank], [column], "number")
        cells = to_cells(
            of_sensors,
            code=of_sensors[PLACE],
            variable=variable,
            period=context.period,
            value=values,
            column=column,
        )
        parts.append(cells[values.notna()])
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(rejected))
