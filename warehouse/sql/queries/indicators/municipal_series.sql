-- One row per municipality and period of the given indicators, in their order: names would be
-- compared letter by letter.
select
    o.indicator,
    o.territory,
    o.period,
    o.value,
    o.numerator,
    o.denominator,
    o.coverage,
    o.obs_status
from observation as o
join territory as t using (territory)
where
    t.level = 'municipality'
    and o.indicator in (select unnest($indicators::varchar[]))
order by list_position($indicators::varchar[], o.indicator), t.position, o.period
