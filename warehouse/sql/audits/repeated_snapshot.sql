-- severity: error
-- it: lo stesso file sotto due periodi
-- en: one file under two periods
-- One snapshot under two periods: different files that say the same of every place, or one file
-- that says the same in each of its periods. Fewer than five different values may well repeat,
-- a variable that is declared constant does, and a file of many periods may have one that does.
with said as (
    select dataset, variable, snapshot, period, count(*) as places,
        sum(hash(territory, value)) as total, bit_xor(hash(territory, value)) as mixed
    from component
    semi join (from variable where not constant) as changing using (dataset, variable)
    where value is not null
    group by dataset, variable, snapshot, period
    having count(distinct value) >= 5
),

repeated as (
    select dataset, variable, total, mixed, any_value(places) as places,
        list(distinct period order by period) as periods,
        list(distinct snapshot order by snapshot) as snapshots
    from said
    group by dataset, variable, total, mixed
    having count(distinct period) > 1
)

select dataset, variable, periods, snapshots, places
from repeated
where len(snapshots) > 1
    or (dataset, variable, snapshots[1]) in (
        select (dataset, variable, snapshot)
        from said
        group by dataset, variable, snapshot
        having count(distinct (total, mixed)) = 1
    )
