-- One row per indicator and period: how many current municipalities have a value, which other
-- levels have one and, where they are at most twenty, the municipalities that have none.
with valued as (
    select
        indicator,
        period,
        list_sort(list_distinct(list(t.level))) as levels,
        bool_or(obs_status = 'P') as provisional,
        count(*) filter (t.level = 'municipality' and t.valid_to is null) as municipalities
    from observation
    join territory as t using (territory)
    where value is not null
    group by indicator, period
),

today as (
    select
        territory,
        name
    from territory
    where level = 'municipality' and valid_to is null
),

-- the periods of which few are named, so that those of a country are not searched
named as (
    select
        indicator,
        period
    from valued
    where (select count(*) from today) - municipalities between 1 and 20
),

present as (
    select
        indicator,
        period,
        territory
    from observation
    semi join named using (indicator, period)
    where value is not null
),

absent as (
    select
        indicator,
        period,
        string_agg(name, ', ' order by name) as names
    from named
    cross join today
    anti join present using (indicator, period, territory)
    group by indicator, period
)

select
    valued.indicator,
    valued.period,
    array_to_string(levels, ' ') as levels,
    provisional,
    municipalities,
    (select count(*) from today) as of_all,
    coalesce(names, '') as absent
from valued
left join absent using (indicator, period)
order by valued.indicator, period_start(valued.period)
