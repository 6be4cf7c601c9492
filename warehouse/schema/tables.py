"""The tables of a release: columns, types and keys, in one place."""

from __future__ import annotations

from warehouse.schema.column_types import DAY, FLAG, INTEGER, REAL, TEXT, declare
from warehouse.schema.input_tables import INPUTS
from warehouse.schema.status_tables import STATUS_TABLES

OBSERVATION = declare(
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
    "territory": declare(
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
        position=INTEGER,
    ),
    "territory_membership": declare(
        "municipality zone valid_from",
        municipality=TEXT,
        zone=TEXT,
        valid_from=DAY,
        valid_to=DAY,
    ),
    "succession": declare(
        "predecessor successor",
        predecessor=TEXT,
        successor=TEXT,
        date=DAY,
    ),
    "variable": declare(
        "dataset variable",
        dataset=TEXT,
        variable=TEXT,
        title_it=TEXT,
        title_en=TEXT,
        unit=TEXT,
        additive=FLAG,
        constant=FLAG,
        public_variable=FLAG,
    ),
    "total": declare(
        "total part",
        total=TEXT,  # dataset.variable
        part=TEXT,
        relation=TEXT,  # equal | at_most
        tolerance=REAL,  # share of the total
        coverage=REAL,  # least share of the total, by period, whose parts are all known
    ),
    "indicator": declare(
        "indicator",
        indicator=TEXT,
        area=TEXT,
        unit=TEXT,
        decimals=INTEGER,
        better=TEXT,
        nominal=FLAG,
        floor=REAL,
        aggregate=TEXT,
        numerator=TEXT,
        denominator=TEXT,
        weight=TEXT,
        exact=FLAG,
        align=TEXT,
        multiplier=REAL,
        range_low=REAL,
        range_high=REAL,
        plausible_low=REAL,
        plausible_high=REAL,
    ),
    "framework_node": declare(
        "cycle node",
        cycle=TEXT,
        node=TEXT,
        type=TEXT,
        title_it=TEXT,
        title_en=TEXT,
        parent=TEXT,
        territory=TEXT,
        address=TEXT,
        position=INTEGER,
    ),
    "node_objective": declare(
        "cycle node position",
        cycle=TEXT,
        node=TEXT,
        position=INTEGER,
        title_it=TEXT,
        title_en=TEXT,
        demonstration=FLAG,
    ),
    "crosswalk": declare(
        "before node after to_node",
        before=TEXT,
        node=TEXT,
        after=TEXT,
        to_node=TEXT,  # empty where the node is dropped
        kind=TEXT,  # continues | splits | merges | drops
        demonstration=FLAG,
        source=TEXT,
    ),
    "plan_act": declare(
        "cycle act",
        cycle=TEXT,
        act=TEXT,
        kind=TEXT,
        title_it=TEXT,
        title_en=TEXT,
        day=TEXT,  # as far as it is known: 2018, 2018-02, 2018-02-15
        body_it=TEXT,
        body_en=TEXT,
        number=TEXT,
        address=TEXT,
        certainty=TEXT,  # public | to_verify
    ),
    "plan_event": declare(
        "cycle event",
        cycle=TEXT,
        event=TEXT,
        phase=TEXT,
        position=INTEGER,
        title_it=TEXT,
        title_en=TEXT,
        summary_it=TEXT,
        summary_en=TEXT,
        start=TEXT,  # as far as it is known: 2018, 2018-02, 2018-02-15
        end=TEXT,
        territory=TEXT,
        participants_it=TEXT,  # one per line
        participants_en=TEXT,
        demonstration=FLAG,
        address=TEXT,
    ),
    "dataset": declare(
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
    "unwritten": declare("file field", file=TEXT, field=TEXT),  # texts that are still placeholders
    "annotation": declare("indicator period", indicator=TEXT, period=TEXT, it=TEXT, en=TEXT),
    # notes on single values; `territory`: of the place, not of the zones that it moves
    "annotation_of_place": declare(
        "indicator territory period it",
        indicator=TEXT,
        territory=TEXT,
        period=TEXT,
        it=TEXT,
        en=TEXT,
    ),
    # what happened that may have moved an indicator
    "indicator_event": declare(
        "indicator date title_it",
        indicator=TEXT,
        date=TEXT,  # as far as it is known: 2017-02, 2017-02-15
        title_it=TEXT,
        title_en=TEXT,
        source_it=TEXT,
        source_en=TEXT,
        address=TEXT,
        confidence=TEXT,  # A: an official text | B: a secondary one
    ),
    "audit_result": declare(
        "audit", audit=TEXT, severity=TEXT, failures=INTEGER, sample=TEXT, sql=TEXT
    ),
    "change": declare(
        "indicator territory period",
        indicator=TEXT,
        territory=TEXT,
        period=TEXT,
        kind=TEXT,  # new_period | revised | status | dropped | method | boundary
        before=REAL,
        after=REAL,
    ),
    # one row where one of two periods is incomplete: both over the municipalities in both
    "comparison": declare(
        "indicator territory before after",
        indicator=TEXT,
        territory=TEXT,
        before=TEXT,
        after=TEXT,
        value_before=REAL,
        value_after=REAL,
        coverage_before=REAL,  # share of residents, 0 to 1
        coverage_after=REAL,
        coverage_common=REAL,
        municipalities=INTEGER,
    ),
    "anomaly": declare(
        "indicator territory period",
        indicator=TEXT,
        territory=TEXT,
        period=TEXT,
        value=REAL,
        expected_low=REAL,
        expected_high=REAL,
        reason=TEXT,  # jump | plausible
    ),
    **STATUS_TABLES,
}

TABLES = {**INPUTS, **OUTPUTS}
