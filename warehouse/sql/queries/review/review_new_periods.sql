-- One row per indicator and new period: its municipalities with a value, the metropolitan value and
-- the one before it.
with added as (
    select
        indicator,
        period,
        count(*) filter (t.level = 'municipality' and after is not null) as municipalities,
        max(after) filter (t.level = 'metro') as value
    from change
    join territory as t using (territory)
    where kind = 'new_period'
    group by indicator, period
),

metro as (
    select
        o.indicator,
        o.period,
        o.value
    from observation as o
    join territory as t using (territory)
    where t.level = 'metro' and o.value is not null
)

select
    added.indicator,
    added.period,
    municipalities,
    added.value,
    arg_max(metro.value, period_start(metro.period)) as before,
    arg_max(metro.period, period_start(metro.period)) as before_period
from added
left join metro
    on metro.indicator = added.indicator
        and period_start(metro.period) < period_start(added.period)
group by added.indicator, added.period, municipalities, added.value
order by added.indicator, period_start(added.period)
