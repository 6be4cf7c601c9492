"""Municipal boundaries as GeoJSON with ISTAT codes (openpolis' copy of ISTAT's)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from etl.parsing.layout import CELL_COLUMNS, ParsedFile
from etl.parsing.text import read_json
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

TOLERANCE = 0.0007  # degrees, about 60 m: finer than a pixel of the largest map
DECIMALS = 4  # about 10 m


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return table `territory_geometry`; `options["code"]` names the property with the code.

    Neighbours are simplified together, so that shared borders stay shared.
    """
    field = options.get("code", "com_istat_code")
    read = read_json(content)
    try:
        features = read["features"]
        codes = [str(feature["properties"][field]) for feature in features]
        said = [json.dumps(feature["geometry"]) for feature in features]
    except (KeyError, TypeError) as error:
        raise SourceError(reject("json_shape", f"features, properties.{field}")) from error
    shapes = shapely.from_geojson(said, on_invalid="ignore")
    good = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    refused = [
        reject("geometry", code, line=line, column="geometry", value=code)
        for line, (code, taken) in enumerate(zip(codes, good, strict=True), start=1)
        if not taken
    ]
    shapes, codes = shapes[good], [c for c, taken in zip(codes, good, strict=True) if taken]
    simple = shapely.coverage_simplify(shapes, TOLERANCE)
    rounded = shapely.transform(simple, lambda points: np.round(points, DECIMALS))
    table = pa.table({"territory": codes, "geometry": shapely.to_geojson(rounded).tolist()})
    return ParsedFile(
        pd.DataFrame(columns=list(CELL_COLUMNS)), tuple(refused), {"territory_geometry": table}
    )
