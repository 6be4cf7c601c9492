-- The DUP missions and programmes that pay for one $project.
select mission, programme, title_it, coalesce(title_en, title_it) as title_en, demonstration
from project_budget
where project = $project
order by mission, programme
