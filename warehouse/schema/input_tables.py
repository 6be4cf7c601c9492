"""The tables that `etl` provides; `warehouse.build` computes the others."""

from __future__ import annotations

from warehouse.schema.column_types import FLAG, INTEGER, MOMENT, REAL, TEXT, declare
from warehouse.schema.project_tables import PROJECT_TABLES

# Harmonised figures of the sources. obs_status is SDMX's CL_OBS_STATUS: A normal, E estimated,
# P provisional, Q suppressed (by the source, or as a small cell: value null), B break.
COMPONENT = declare(
    "dataset variable territory period",
    dataset=TEXT,
    variable=TEXT,
    territory=TEXT,
    period=TEXT,
    value=REAL,
    obs_status=TEXT,
    snapshot=TEXT,
)

# The raw files that the components came from.
SNAPSHOT = declare(
    "snapshot dataset",  # one file may serve two datasets
    snapshot=TEXT,  # sha256 of the bytes
    dataset=TEXT,
    file=TEXT,
    address=TEXT,
    licence=TEXT,
    fetched=MOMENT,
    bytes=INTEGER,
    rows=INTEGER,
)

# Rejected rows, and why.
QUARANTINE = declare(
    "dataset file sheet line column value",
    dataset=TEXT,
    file=TEXT,
    sheet=TEXT,  # empty where the file has none
    line=INTEGER,
    column=TEXT,
    value=TEXT,
    rule=TEXT,
    message_it=TEXT,
    message_en=TEXT,
    suggestion_it=TEXT,
    suggestion_en=TEXT,
    values=TEXT,  # JSON, for the texts of the rule
)

# The shape of a territory (GeoJSON, WGS84), simplified without gaps between neighbours.
TERRITORY_GEOMETRY = declare("territory", territory=TEXT, geometry=TEXT)

# Known errors of providers, and whether the file still had the wrong figure.
CORRECTION = declare(
    "dataset variable territory period",
    dataset=TEXT,
    variable=TEXT,
    territory=TEXT,
    period=TEXT,
    expected=REAL,  # the wrong figure
    corrected=REAL,  # the right one, if known
    found=REAL,  # the figure in the file
    applied=FLAG,
    status=TEXT,  # confirmed | suspected
    reason_it=TEXT,
    reason_en=TEXT,
)

INPUTS = {
    "component": COMPONENT,
    "snapshot": SNAPSHOT,
    "quarantine": QUARANTINE,
    "territory_geometry": TERRITORY_GEOMETRY,
    "correction": CORRECTION,
    **PROJECT_TABLES,
}
