-- One row per indicator and period: how many current municipalities have a value, which have
-- none, and which other levels have one.
with today as (
    select
        territory,
        name
    from territory where level = 'municipality' and valid_to is null
),

valued as (
    select
        indicator,
        period,
        list_sort(list_distinct(list(t.level))) as levels,
        bool_or(obs_status = 'P') as provisional
    from observation
    join territory as t using (territory)
    where value is not null
    group by indicator, period
)

select
    valued.indicator,
    valued.period,
    array_to_string(levels, ' ') as levels,
    provisional,
    count(o.value) as municipalities,
    count(*) as of_all,
    coalesce(string_agg(today.name, ', ' order by today.name) filter (o.value is null), '')
        as absent
from valued
cross join today
left join observation as o
    on o.indicator = valued.indicator
        and o.period = valued.period
        and o.territory = today.territory
group by valued.indicator, valued.period, levels, provisional
order by valued.indicator, period_start(valued.period)
