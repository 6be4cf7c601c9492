-- One row per indicator and period whose value of the metropolitan city is the figure that the
-- source publishes for it: no sum of its municipalities.
with sums as (
    select
        o.indicator,
        o.period,
        sum(o.numerator) as numerator
    from observation as o
    join territory as t on t.territory = o.territory and t.level = 'municipality'
    group by o.indicator, o.period
)

select
    o.indicator,
    o.territory,
    o.period
from observation as o
join territory as t on t.territory = o.territory and t.level = 'metro'
join indicator as i on i.indicator = o.indicator
join component as published
    on published.territory = o.territory and published.period = o.period
        and published.dataset || '.' || published.variable = i.numerator
left join sums on sums.indicator = o.indicator and sums.period = o.period
where o.value is not null
    and published.value is not distinct from o.numerator
    and (sums.numerator is null or differs(sums.numerator, o.numerator))
order by o.indicator, o.period
