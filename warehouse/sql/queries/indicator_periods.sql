-- Each indicator and period: today's municipalities with a value, who is missing, other levels.
with today as (
    select territory, name from territory where level = 'municipality' and valid_to is null
),

known as (
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
    known.indicator,
    known.period,
    array_to_string(levels, ' ') as levels,
    provisional,
    count(o.value) as municipalities,
    count(*) as of_all,
    coalesce(string_agg(today.name, ', ' order by today.name) filter (o.value is null), '') as absent
from known
cross join today
left join observation as o
    on o.indicator = known.indicator
    and o.period = known.period
    and o.territory = today.territory
group by known.indicator, known.period, levels, provisional
order by known.indicator, period_start(known.period)
