"""Municipal boundaries as GeoJSON with ISTAT codes (openpolis' copy of ISTAT's)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from etl.reading import CELLS, Parsed
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

TOLERANCE = 0.0007  # degrees, about 60 m: finer than a pixel of the largest map
DECIMALS = 4  # about 10 m


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return table `territory_geometry`; `options["code"]` names the property with the code.

    Neighbours are simplified together, so that shared borders stay shared.
    """
    field = options.get("code", "com_istat_code")
    try:
        features = json.loads(content.decode("utf-8"))["features"]
        codes = [feature["properties"][field] for feature in features]
        shapes = shapely.from_geojson([json.dumps(f["geometry"]) for f in features])
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, shapely.GEOSException) as error:
        raise SourceError(f"not a GeoJSON of municipalities with {field!r}: {error}") from error
    simple = shapely.coverage_simplify(shapes, TOLERANCE)
    rounded = shapely.transform(simple, lambda points: np.round(points, DECIMALS))
    table = pa.table({"territory": codes, "geometry": shapely.to_geojson(rounded).tolist()})
    return Parsed(pd.DataFrame(columns=list(CELLS)), tables={"territory_geometry": table})
