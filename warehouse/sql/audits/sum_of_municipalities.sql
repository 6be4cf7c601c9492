-- severity: error
-- it: una zona che non è la somma dei suoi Comuni, o un valore che non ne segue
-- en: a zone that is not the sum of its municipalities, or a value that does not follow from it
-- Added up again from the municipal rows by the `parent` of each territory.
with municipal as (
    select
        o.indicator,
        o.period,
        t.parent as zone,
        z.parent as metro,
        o.numerator,
        o.denominator
    from observation as o
    join territory as t on t.territory = o.territory and t.level = 'municipality'
    join territory as z on z.territory = t.parent
    join indicator as i on i.indicator = o.indicator
    where o.numerator is not null
        and (o.denominator is not null or coalesce(i.denominator, i.weight) is null)
),

parts as (
    select
        indicator,
        period,
        unnest([zone, metro]) as territory,
        numerator,
        denominator
    from municipal
),

sums as (
    select
        indicator,
        period,
        territory,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from parts
    group by all
)

select
    o.indicator,
    o.territory,
    o.period,
    o.value,
    o.numerator,
    s.numerator as numerator_again,
    o.denominator,
    s.denominator as denominator_again
from observation as o
join territory as t on t.territory = o.territory and t.level in ('zone', 'metro')
join indicator as i on i.indicator = o.indicator
left join sums as s
    on s.indicator = o.indicator and s.territory = o.territory and s.period = o.period
left join component as published
    on published.territory = o.territory and published.period = o.period
        and published.dataset || '.' || published.variable = i.numerator
where (
    differs(o.numerator, s.numerator)
    or differs(o.denominator, s.denominator)
    or i.aggregate = 'none'
    or differs(
        o.value,
        i.multiplier * s.numerator / if(i.aggregate = 'sum', 1, nullif(s.denominator, 0))
    )
)
-- a figure that its source publishes for the metropolitan city is not a sum
and published.value is distinct from o.numerator
-- nor can a sum be added up again where figures of one or two units are not published
and not exists (
    select 1
    from hidden_cell as hidden
    join territory as member on member.territory = hidden.territory
    join territory as zone on zone.territory = member.parent
    where o.territory in (zone.territory, zone.parent)
        and hidden.dataset || '.' || hidden.variable in (i.numerator, i.denominator, i.weight)
)
