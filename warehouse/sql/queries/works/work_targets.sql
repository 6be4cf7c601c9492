-- One row per target of one funded work: what was planned and what was reached.
select
    target,
    title,
    unit,
    planned,
    realised,
    period,
    realised >= planned as reached
from work_target
where project = $project
order by target
