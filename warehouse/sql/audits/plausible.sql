-- severity: warning
-- it: valori insoliti, da guardare: fuori dai limiti plausibili, dichiarati e dei suoi Comuni
-- en: unusual values, to be reviewed: outside the plausible bounds, declared and of its places
with fence as (
    select
        o.indicator,
        lower_fence(o.value) as low,
        upper_fence(o.value) as high
    from observation as o
    join territory as t using (territory)
    -- quartiles are computed in memory: of no indicator that does not need them
    semi join (select indicator from indicator where plausible_low is not null) as i
        on i.indicator = o.indicator
    where t.level = 'municipality'
    group by o.indicator
),

bounds as (
    select
        i.indicator,
        least(i.plausible_low, fence.low) as low,
        greatest(i.plausible_high, fence.high) as high
    from indicator as i
    left join fence using (indicator)
    where i.plausible_low is not null
)

select
    indicator,
    territory,
    period,
    value,
    bounds.low as plausible_low,
    bounds.high as plausible_high
from observation
join bounds using (indicator)
where value < bounds.low or value > bounds.high
