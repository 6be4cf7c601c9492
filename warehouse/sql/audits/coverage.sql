-- severity: error
-- it: una copertura che manca o non è una quota, o una zona mostrata sotto il minimo
-- en: a coverage that is missing or not a share, or a zone shown below the minimum
select
    indicator,
    territory,
    period,
    coverage
from observation
join territory as t using (territory)
where coverage is null
    or coverage not between 0 and 1 + 1e-9
    or (t.level in ('zone', 'metro') and coverage < getvariable('minimum_coverage') - 1e-9)
