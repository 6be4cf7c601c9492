"""A deployment of two releases: the shipped figures, and before them an earlier state of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pyarrow.parquet as pq

from warehouse.build.build import build_draft
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog
from warehouse.release.publish import folder_of, publish, published
from warehouse.schema.input_tables import INPUTS

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from warehouse.config import Config

# What the earlier release did not have yet, and what it had otherwise.
EARLIER = {
    "component": """
        select * replace (
            if(
                variable = 'up_to_15000' and period = '2019' and territory = '015209',
                value + 5,
                value
            ) as value
        )
        from incoming
        where not (dataset = 'waste' and period = '2024')
    """,
    "milestone": """
        select * replace (
            if(actual_end > date '2026-01-01', null, actual_end) as actual_end,
            if(actual_end > date '2026-01-01', 0.5, completed) as completed
        )
        from incoming
    """,
    "progress_report": "from incoming where reported < date '2026-01-01'",
    "milestone_report": "from incoming where reported < date '2026-01-01'",
    "project": """
        select * replace (
            if(level = 'funded', extracted, least(extracted, date '2025-12-31')) as extracted
        )
        from incoming
    """,
    "funding_line": "select * replace (amount * 0.9 as amount) from incoming",
}


def publish_two(shipped: Config, config_file: Path) -> tuple[str, str]:
    """Publish the earlier state and then the shipped figures; return both releases."""
    config = read_config(config_file)
    source = folder_of(shipped, published(shipped) or "")
    tables = {name: pq.read_table(source / f"{name}.parquet") for name in INPUTS}
    catalog = read_catalog(config.catalog)
    releases = []
    for inputs in (_earlier(tables), tables):
        draft = build_draft(config, catalog, inputs)
        failed = {audit.audit: "a test of two releases" for audit in draft.manifest.failed}
        publish(config, draft.release, failed)
        releases.append(draft.release)
    return releases[0], releases[1]


def _earlier(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    changed = {}
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        for name, sql in EARLIER.items():
            connection.register("incoming", tables[name])
            rows = connection.sql(sql).to_arrow_table().cast(tables[name].schema)
            connection.unregister("incoming")
            assert rows != tables[name], f"nothing of {name} was changed"
            changed[name] = rows
    return tables | changed
