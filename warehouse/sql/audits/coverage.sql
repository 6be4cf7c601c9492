-- severity: error
-- it: una copertura che non è una quota, o sotto il minimo
-- en: a coverage that is not a share, or below the least
-- A coverage that is not a share, or a territory shown below the least coverage.
select indicator, territory, period, coverage
from observation
join territory as t using (territory)
where coverage is null
    or coverage not between 0 and 1 + 1e-9
    or (t.level in ('zone', 'metro') and coverage < getvariable('minimum_coverage') - 1e-9)
