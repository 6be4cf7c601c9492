-- severity: error
-- it: un periodo con meno valori di prima
-- en: a period with fewer values than before
-- An indicator that is still declared whose period, at a level, has fewer values or less coverage
-- than in the published release.
with counted as (
    select indicator, level, period, count(value) as known, sum(coverage) as coverage
    from observation
    join territory using (territory)
    group by all
),

before as (
    select indicator, level, period, count(value) as known, sum(coverage) as coverage
    from past.observation
    join past.territory using (territory)
    semi join indicator using (indicator)
    group by all
)

select indicator, level, period, before.known as known_before, coalesce(counted.known, 0)
    as known, before.coverage as coverage_before, coalesce(counted.coverage, 0) as coverage
from before
left join counted using (indicator, level, period)
where coalesce(counted.known, 0) < before.known
    or coalesce(counted.coverage, 0) < before.coverage - 1e-6
