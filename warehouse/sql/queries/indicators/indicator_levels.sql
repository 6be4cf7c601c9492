-- One row per territory and period of the given indicators, in their order, for the territories of
-- the given levels; names of indicators would be compared letter by letter.
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
    o.indicator in (select unnest($indicators::varchar[]))
    and list_contains($levels::varchar[], t.level)
order by list_position($indicators::varchar[], o.indicator), t.position, o.period
