-- severity: error
-- it: un indicatore con periodi di lunghezza diversa: anni, mesi o giorni
-- en: an indicator with periods of different lengths: years, months or days
with grain as (
    select
        indicator,
        case
            when length(period) = 4 then 'year'
            when period like '%-S%' then 'half-year'
            when period like '%-Q%' then 'quarter'
            when length(period) = 7 then 'month'
            else 'day'
        end as grain,
        count(*) as observations,
        min(period) as example
    from observation
    group by all
)

select
    indicator,
    grain,
    observations,
    example
from grain
qualify count(*) over (partition by indicator) > 1
    and row_number() over (partition by indicator order by observations desc, grain) > 1
