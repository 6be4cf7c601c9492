-- severity: error
-- it: le stesse cifre sotto due periodi, in due file o in tutto un file
-- en: the same figures under two periods, in two files or throughout one
-- Fewer than five different values may well repeat, a variable declared constant does, and a file
-- of many periods may have one that does.
with figure as (
    from component
    semi join (from variable where not constant) as changing using (dataset, variable)
    where value is not null
),

total as (
    select
        dataset,
        variable,
        snapshot,
        period,
        count(*) as places,
        sum(hash(territory, value)) as total,
        bit_xor(hash(territory, value)) as mixed
    from figure
    group by dataset, variable, snapshot, period
),

repeating as (
    select
        dataset,
        variable
    from total
    group by dataset, variable, total, mixed
    having count(distinct period) > 1
),

-- different values are counted in memory: only of variables that repeat themselves
varied as (
    select
        dataset,
        variable,
        snapshot,
        period
    from figure
    semi join repeating using (dataset, variable)
    group by dataset, variable, snapshot, period
    having count(distinct value) >= 5
),

digest as (from total semi join varied using (dataset, variable, snapshot, period)),

repeated as (
    select
        dataset,
        variable,
        total,
        mixed,
        any_value(places) as places,
        list(distinct period order by period) as periods,
        list(distinct snapshot order by snapshot) as snapshots
    from digest
    group by dataset, variable, total, mixed
    having count(distinct period) > 1
)

select
    dataset,
    variable,
    periods,
    snapshots,
    places
from repeated
where len(snapshots) > 1
    or (dataset, variable, snapshots[1]) in (
        select (dataset, variable, snapshot)
        from digest
        group by dataset, variable, snapshot
        having count(distinct (total, mixed)) = 1
    )
