-- One row per indicator, territory and two periods of which one is incomplete.
select
    indicator,
    territory,
    before,
    after,
    value_before,
    value_after,
    coverage_before,
    coverage_after,
    municipalities
from comparison
where value_before is not null
    and value_after is not null
order by indicator, territory, before, after
