"""The tables of a release: columns, types and keys, in one place."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from warehouse.errors import ContractError

TEXT, REAL, DAY, FLAG, WHOLE = pa.string(), pa.float64(), pa.date32(), pa.bool_(), pa.int64()
MOMENT = pa.timestamp("s", tz="UTC")


@dataclass(frozen=True)
class Table:
    """A table's Arrow schema and the columns that identify a row."""

    schema: pa.Schema
    key: tuple[str, ...]


def _table(key: str, **columns: pa.DataType) -> Table:
    keys = tuple(key.split())
    fields = [pa.field(name, kind, nullable=name not in keys) for name, kind in columns.items()]
    return Table(pa.schema(fields), keys)


# What sources said, harmonised. obs_status is SDMX's CL_OBS_STATUS: A normal, E estimated,
# P provisional, Q suppressed at the source (value null), B break.
COMPONENT = _table(
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
SNAPSHOT = _table(
    "snapshot dataset",  # one file may serve two datasets
    snapshot=TEXT,  # sha256 of the bytes
    dataset=TEXT,
    file=TEXT,
    address=TEXT,
    licence=TEXT,
    fetched=MOMENT,
    bytes=WHOLE,
    rows=WHOLE,
)

# Rows that were refused, and why.
QUARANTINE = _table(
    "dataset file sheet line column",
    dataset=TEXT,
    file=TEXT,
    sheet=TEXT,  # empty where the file has none
    line=WHOLE,
    column=TEXT,
    value=TEXT,
    rule=TEXT,
    message_it=TEXT,
    message_en=TEXT,
    suggestion_it=TEXT,
    suggestion_en=TEXT,
)

PROJECT_TABLES = {
    "project": _table(
        "project",
        project=TEXT,
        level=TEXT,  # strategic | operational | funded
        number=WHOLE,
        title_it=TEXT,
        title_en=TEXT,
        short_it=TEXT,
        short_en=TEXT,
        summary_it=TEXT,
        summary_en=TEXT,
        cycle=TEXT,
        parent=TEXT,
        cup=TEXT,
        local_code=TEXT,
        measure_code=TEXT,
        measure=TEXT,
        sector=TEXT,
        phase=TEXT,
        planned_start=DAY,
        planned_end=DAY,
        actual_start=DAY,
        actual_end=DAY,
        extracted=DAY,
        traits=TEXT,  # space separated
        dataset=TEXT,
        address=TEXT,  # public page of the project
        demonstration=FLAG,  # dates, money and progress are invented
    ),
    "project_node": _table("project node", project=TEXT, node=TEXT, role=TEXT, position=WHOLE),
    "project_place": _table("project territory", project=TEXT, territory=TEXT, share=REAL),
    "actor": _table("actor", actor=TEXT, name=TEXT, tax_code=TEXT),
    "project_actor": _table(
        "project actor role", project=TEXT, actor=TEXT, role=TEXT, demonstration=FLAG
    ),
    "funding_line": _table(
        "project source",
        project=TEXT,
        source=TEXT,
        programme=TEXT,
        amount=REAL,  # euro
        secured=FLAG,
        demonstration=FLAG,
    ),
    "payment": _table(
        "project period source",
        project=TEXT,
        period=TEXT,
        source=TEXT,
        amount=REAL,  # euro paid in total up to the period
        planned=REAL,  # euro planned up to the period, where there is a plan
        demonstration=FLAG,
    ),
    "milestone": _table(
        "project milestone",
        project=TEXT,
        milestone=TEXT,
        title_it=TEXT,
        title_en=TEXT,
        position=WHOLE,
        weight=REAL,
        owner=TEXT,
        baseline_start=DAY,
        baseline_end=DAY,
        planned_end=DAY,
        actual_start=DAY,
        actual_end=DAY,
        completed=REAL,  # share of the step that is done, 0 to 1
        demonstration=FLAG,
    ),
    "project_indicator": _table("project indicator", project=TEXT, indicator=TEXT),
}

# The shape of a territory, simplified without gaps between neighbours.
TERRITORY_GEOMETRY = _table(
    "territory",
    territory=TEXT,
    geometry=TEXT,  # GeoJSON geometry, WGS84
)

# What `etl` hands over: `warehouse.build` computes the rest.
INPUTS = {
    "component": COMPONENT,
    "snapshot": SNAPSHOT,
    "quarantine": QUARANTINE,
    "territory_geometry": TERRITORY_GEOMETRY,
    **PROJECT_TABLES,
}

OBSERVATION = _table(
    "indicator territory period",
    indicator=TEXT,
    territory=TEXT,
    period=TEXT,
    numerator=REAL,
    denominator=REAL,
    value=REAL,
    coverage=REAL,  # share of residents whose municipality has a value, 0 to 1
    obs_status=TEXT,
)

OUTPUTS = {
    "observation": OBSERVATION,
    "territory": _table(
        "territory",
        territory=TEXT,
        name=TEXT,
        short=TEXT,
        level=TEXT,
        parent=TEXT,
        cadastral=TEXT,
        area_km2=REAL,
        valid_from=DAY,
        valid_to=DAY,
        position=WHOLE,
    ),
    "territory_membership": _table(
        "municipality zone valid_from",
        municipality=TEXT,
        zone=TEXT,
        valid_from=DAY,
        valid_to=DAY,
    ),
    "indicator": _table(
        "indicator",
        indicator=TEXT,
        area=TEXT,
        unit=TEXT,
        decimals=WHOLE,
        better=TEXT,
        aggregate=TEXT,
        numerator=TEXT,
        denominator=TEXT,
        weight=TEXT,
        align=TEXT,
        multiplier=REAL,
        range_low=REAL,
        range_high=REAL,
        plausible_low=REAL,
        plausible_high=REAL,
    ),
    "framework_node": _table(
        "cycle node",
        cycle=TEXT,
        node=TEXT,
        type=TEXT,
        title_it=TEXT,
        title_en=TEXT,
        parent=TEXT,
        territory=TEXT,
        position=WHOLE,
    ),
    "dataset": _table(
        "dataset",
        dataset=TEXT,
        title_it=TEXT,
        title_en=TEXT,
        provider=TEXT,
        attribution_it=TEXT,
        attribution_en=TEXT,
        address=TEXT,
        licence=TEXT,
        licence_address=TEXT,
        cadence=TEXT,
        owner=TEXT,
        demonstration=FLAG,
    ),
    "annotation": _table("indicator period", indicator=TEXT, period=TEXT, it=TEXT, en=TEXT),
    "target": _table(
        "indicator period",
        indicator=TEXT,
        period=TEXT,
        value=REAL,
        source_it=TEXT,
        source_en=TEXT,
    ),
    "audit_result": _table(
        "audit", audit=TEXT, severity=TEXT, failures=WHOLE, sample=TEXT, sql=TEXT
    ),
    "change": _table(
        "indicator territory period",
        indicator=TEXT,
        territory=TEXT,
        period=TEXT,
        kind=TEXT,  # new_period | revised | status | dropped
        before=REAL,
        after=REAL,
    ),
}

TABLES = {**INPUTS, **OUTPUTS}


def conform(name: str, table: pa.Table) -> pa.Table:
    """Return `table` with the columns of the contract, in order and type.

    A column that is absent becomes null unless it is part of the key. Raises
    `ContractError` for an unknown column, a missing or null key, or a value of another kind.
    """
    contract = TABLES[name]
    unknown = set(table.column_names) - set(contract.schema.names)
    if unknown:
        raise ContractError(f"{name}: columns that the contract does not know: {sorted(unknown)}")
    columns = []
    for field in contract.schema:
        if field.name in table.column_names:
            if field.name in contract.key and table[field.name].null_count:
                raise ContractError(f"{name}: the key column {field.name!r} has rows without value")
            try:
                columns.append(table[field.name].cast(field.type))
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
                raise ContractError(f"{name}.{field.name}: {error}") from error
        elif field.name in contract.key:
            raise ContractError(f"{name}: the key column {field.name!r} is missing")
        else:
            columns.append(pa.nulls(table.num_rows, field.type))
    loose = [field.with_nullable(nullable=True) for field in contract.schema]
    return pa.table(columns, schema=pa.schema(loose))
