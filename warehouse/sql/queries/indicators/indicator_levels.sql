-- One row per territory and period of one indicator, for the territories of the given levels.
select
    o.indicator,
    o.territory,
    o.period,
    o.value,
    o.numerator,
    o.denominator,
    o.coverage,
    o.obs_status,
    t.name,
    t.short,
    t.level,
    t.parent,
    t.position
from observation as o
join territory as t using (territory)
where o.indicator = $indicator and list_contains($levels::varchar[], t.level)
order by t.position, o.period
