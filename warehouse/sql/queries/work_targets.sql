-- The targets of one funded work: what it was to reach, and what it did.
select target, title, unit, planned, realised, period, realised >= planned as reached
from work_target
where project = $project
order by target
