-- One row per target of the indicator in `wanted`.
select
    target,
    kind,
    value,
    high,
    period,
    baseline,
    baseline_value,
    in_force,
    scope,
    flag,
    path = 'compound' as compound,
    territory
from target
semi join wanted using (indicator)
order by target
