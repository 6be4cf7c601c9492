-- One row per indicator, territory and period, for the given indicators and territories.
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
where list_contains($indicators::varchar[], o.indicator)
    and list_contains($territories::varchar[], o.territory)
order by o.indicator, t.position, o.period
