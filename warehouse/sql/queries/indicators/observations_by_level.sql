-- One row per indicator, territory and period, for the territories of the given levels.
select
    o.indicator,
    i.area,
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
join indicator as i using (indicator)
where list_contains($levels::varchar[], t.level)
order by o.indicator, t.position, o.period
