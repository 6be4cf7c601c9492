-- One row per indicator: first and last period, number of periods, municipalities with a value.
with municipal as (
    select
        o.*,
        period_start(o.period) as start
    from observation as o
    semi join (from territory where level = 'municipality') as t using (territory)
    where o.value is not null
),

periods as (
    select
        indicator,
        min_by(period, start) as first_period,
        max_by(period, start) as last_period,
        count(distinct period) as periods,
        count(distinct territory) as municipalities_ever
    from municipal
    group by indicator
)

select
    i.indicator,
    i.area,
    first_period,
    last_period,
    coalesce(periods.periods, 0) as periods,
    count(m.territory) as municipalities,
    coalesce(municipalities_ever, 0) as municipalities_ever,
    count(m.territory) filter (m.obs_status in ('E', 'P')) as estimated_or_provisional
from indicator as i
left join periods using (indicator)
left join municipal as m on m.indicator = i.indicator and m.period = periods.last_period
group by all
order by i.area, i.indicator
