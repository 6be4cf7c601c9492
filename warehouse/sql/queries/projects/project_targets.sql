-- One row per indicator of one $project that has a target.
select
    indicator,
    baseline,
    target,
    realised,
    demonstration
from project_indicator
where project = $project and target is not null
order by indicator
