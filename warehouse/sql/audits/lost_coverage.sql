-- severity: error
-- it: un periodo con meno valori, o meno copertura, della pubblicazione precedente
-- en: a period with fewer values, or less coverage, than in the published release
-- Per level; only indicators that are still declared.
with current as (
    select
        indicator,
        level,
        period,
        count(value) as with_value,
        sum(coverage) as coverage
    from observation
    join territory using (territory)
    group by all
),

before as (
    select
        indicator,
        level,
        period,
        count(value) as with_value,
        sum(coverage) as coverage
    from past.observation
    join past.territory using (territory)
    semi join indicator using (indicator)
    group by all
)

select
    indicator,
    level,
    period,
    before.with_value as with_value_before,
    coalesce(current.with_value, 0) as with_value,
    before.coverage as coverage_before,
    coalesce(current.coverage, 0) as coverage
from before
left join current using (indicator, level, period)
where coalesce(current.with_value, 0) < before.with_value
    or coalesce(current.coverage, 0) < before.coverage - 1e-6
