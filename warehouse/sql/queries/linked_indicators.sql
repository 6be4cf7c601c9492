-- Which project of the plan names which indicator.
select project, indicator
from project_indicator
join project using (project)
where level != 'funded'
order by project, indicator
