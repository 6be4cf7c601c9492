"""Municipal boundaries as GeoJSON with ISTAT codes (openpolis' copy of ISTAT's)."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from pydantic import Field

from etl.parsing.cells import no_cells
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile
from etl.parsing.text import read_json
from etl.quarantine import reject
from warehouse.errors import SourceError

TOLERANCE = 0.0007  # degrees, about 60 m: finer than a pixel of the largest map
DECIMALS = 4  # about 10 m


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    code: str = Field("com_istat_code", description="Property with the municipality's code.")


def parse(content: bytes, options: Options, _context: FileContext) -> ParsedFile:
    """Return the table `territory_geometry`.

    Neighbours are simplified together, so that shared borders stay shared.
    """
    codes, geometries = _features(content, options.code)
    shapes = shapely.from_geojson(geometries, on_invalid="ignore")
    is_good = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    rejected = [
        reject("geometry", code, line=line, column="geometry", value=code)
        for line, (code, good) in enumerate(zip(codes, is_good, strict=True), start=1)
        if not good
    ]
    codes = [code for code, good in zip(codes, is_good, strict=True) if good]
    simple = shapely.coverage_simplify(shapes[is_good], TOLERANCE)
    rounded = shapely.transform(simple, lambda points: np.round(points, DECIMALS))
    table = pa.table({"territory": codes, "geometry": shapely.to_geojson(rounded).tolist()})
    return ParsedFile(no_cells(), tuple(rejected), {"territory_geometry": table})


def _features(content: bytes, code: str) -> tuple[list[str], list[str]]:
    """Return the code and the geometry (GeoJSON) of each feature."""
    document: Any = read_json(content)
    try:
        features = document["features"]
        codes = [str(feature["properties"][code]) for feature in features]
        geometries = [json.dumps(feature["geometry"]) for feature in features]
    except (KeyError, TypeError) as error:
        raise SourceError(reject("json_shape", f"features, properties.{code}")) from error
    return codes, geometries
