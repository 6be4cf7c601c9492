"""The territories of a release as GeoParquet 1.1, for QGIS and other GIS tools."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.query.store import Store

AGGREGATES = ("zone", "metro")  # each is the union of its parts


def write(store: Store, path: Path) -> int:
    """Write municipalities, zones and the metropolitan city; return how many have an outline.

    Polygons as WKB, longitude and latitude (OGC:CRS84).
    """
    frame = store.frame("territory_outlines").set_index("territory")
    geojson = frame.pop("geometry").dropna()
    shapes = pd.Series(shapely.from_geojson(geojson), geojson.index).reindex(frame.index)
    for level in AGGREGATES:
        parts = shapes[frame["parent"].map(frame["level"]) == level].dropna()
        shapes = shapes.combine_first(parts.groupby(frame["parent"]).agg(_union))
    frame["geometry"] = shapes
    frame = frame.dropna(subset="geometry").reset_index()
    outlines = frame.pop("geometry").to_numpy()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    table = table.append_column("geometry", pa.array(shapely.to_wkb(outlines), pa.binary()))
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(_geo(outlines))}), path)
    return len(frame)


def _union(parts: pd.Series[Any]) -> shapely.Geometry:
    return shapely.union_all(parts.to_numpy())


def _geo(outlines: Any) -> dict[str, object]:  # noqa: ANN401  # an array of geometries
    """Return the metadata `geo` of the GeoParquet specification; without `crs` it is CRS84."""
    column = {
        "encoding": "WKB",
        "geometry_types": sorted({shape.geom_type for shape in outlines}),
        "bbox": [float(bound) for bound in shapely.total_bounds(outlines)],
    }
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
