-- One row per observation of the indicator in `wanted`, with its territory's level and residents.
select
    territory,
    period,
    value,
    numerator,
    denominator,
    coverage,
    obs_status,
    level,
    residents
from observation_now
join territory using (territory)
left join total_residents using (territory)
order by territory, period_start(period)
