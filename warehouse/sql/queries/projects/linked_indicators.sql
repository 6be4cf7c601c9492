-- One row per project of the plan and indicator that it names.
select
    project,
    indicator
from project_indicator
join project using (project)
where level != 'funded'
order by project, indicator
