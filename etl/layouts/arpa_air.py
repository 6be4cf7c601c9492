"""Arpa's estimates of the air of each municipality: a row a sensor, with a year's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.delimited import cells, numbers, read_rows, refuse, rows_beside
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

SENSOR, NAME, PLACE = "idsensore", "sensore", "comune"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return the figures of `options["period"]`, with the municipality's name as code.

    `variables` says for each the `column` of its figure and how its sensors' names begin
    (`sensor`). Which sensor is of which municipality stands in the file `beside["sensors"]`.
    """
    declared = options["variables"]
    sensors = rows_beside(options, "sensors", [SENSOR, NAME, PLACE])
    rows, refused = read_rows(content, [SENSOR, *{said["column"] for said in declared.values()}])
    rows = rows.merge(sensors[[SENSOR, NAME, PLACE]], on=SENSOR)
    parts: list[pd.DataFrame] = []
    for variable, said in declared.items():
        column = said["column"]
        own = rows[rows[NAME].str.startswith(f"{said['sensor']} ")]
        values = numbers(own[column])
        blank = own[column].str.strip() == ""
        refused += refuse(own[values.isna() & ~blank], [column], "number")
        given = {"code": own[PLACE], "variable": variable, "period": str(options["period"])}
        parts.append(cells(own, **given, value=values, column=column)[values.notna()])
    return ParsedFile(pd.concat(parts, ignore_index=True), tuple(refused))
