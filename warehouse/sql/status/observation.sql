-- One row per observation of the indicators in `wanted`, with its territory's level and residents.
select
    indicator,
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
order by indicator, territory, period_start(period)
