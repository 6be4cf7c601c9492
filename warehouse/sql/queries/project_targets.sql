-- What one $project wants its indicators to reach.
select indicator, baseline, target, realised, demonstration
from project_indicator
where project = $project and target is not null
order by indicator
