-- One row per indicator and target.
select
    indicator,
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
order by indicator, target
