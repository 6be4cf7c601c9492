-- One row per indicator that has a value somewhere; `single_period` is the only period with one.
select
    indicator,
    if(min(period) = max(period), min(period), null) as single_period,
    count(*) as observations
from observation
where value is not null
group by indicator
order by indicator
