"""Tables of targets and of the status of an indicator in a territory."""

from __future__ import annotations

from warehouse.schema.column_types import FLAG, INTEGER, REAL, TEXT, declare

STATUS_TABLES = {
    # `target`: its number among an indicator's; a plan's own targets have a project or a territory
    "target": declare(
        "indicator target",
        indicator=TEXT,
        target=TEXT,
        flag=TEXT,  # target | legal_minimum | reference
        kind=TEXT,  # at_least | at_most | between
        value=REAL,
        high=REAL,
        period=TEXT,
        baseline=TEXT,
        baseline_value=REAL,
        path=TEXT,  # linear | compound
        scope=TEXT,
        territory=TEXT,
        project=TEXT,
        in_force=TEXT,
        source_it=TEXT,
        source_en=TEXT,
        address=TEXT,
        grade=TEXT,  # A | B
        note_it=TEXT,
        note_en=TEXT,
    ),
    # one row per indicator and territory with a value: direction, target and reliability of the
    # last one, and every number that they rest on. `slope`, `floor` and `needed` are those of a
    # year, in the indicator's unit
    "status": declare(
        "indicator territory",
        indicator=TEXT,
        territory=TEXT,
        direction=TEXT,  # better | stable | worse | none | small
        movement=TEXT,  # rising | falling | stable
        rule=TEXT,  # single | pair | steps | slope | theil_sen | xmr
        reason=TEXT,  # why there is no verdict
        points=INTEGER,  # comparable ones that the rule used
        first_period=TEXT,
        first_value=REAL,
        last_period=TEXT,
        last_value=REAL,
        change=REAL,  # of the printed values
        slope=REAL,
        statistic=REAL,  # chi-square, Student's t, or standard errors between the ends
        leave_one_out=FLAG,
        least_step=REAL,
        largest_step=REAL,
        floor=REAL,
        floor_from=TEXT,  # decimal | spread | declared
        spread=REAL,  # interquartile range of the zones' last values
        break_period=TEXT,  # since which the method is the same
        centre=REAL,
        limit_low=REAL,
        limit_high=REAL,
        signal=TEXT,  # outside | trend | near_limit | shift
        assurance=TEXT,  # met | missed | hit_and_miss
        target=TEXT,  # the one that gives the sign
        target_sign=TEXT,  # reached | missed | on_track | slow | far | away | open
        pace=REAL,
        needed=REAL,
        distance=REAL,
        reliability=TEXT,  # solid | caution | small
        caution=TEXT,  # few | partial | provisional | estimated | rate
        numerator=REAL,
        coverage=REAL,
        obs_status=TEXT,
        interval_low=REAL,  # of 95 per cent
        interval_high=REAL,
        relative_width=REAL,
    ),
    # one row per indicator, territory and target: `standing` is where the value stands, `sign` the
    # same where the target judges the territory
    "target_status": declare(
        "indicator territory target",
        indicator=TEXT,
        territory=TEXT,
        target=TEXT,
        period=TEXT,
        value=REAL,
        sign=TEXT,
        reason=TEXT,
        standing=TEXT,
        distance=REAL,
        pace=REAL,
        needed=REAL,
    ),
}
