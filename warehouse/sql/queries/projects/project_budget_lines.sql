-- One row per DUP mission and programme that funds one $project.
select
    mission,
    programme,
    title_it,
    coalesce(title_en, title_it) as title_en,
    demonstration
from project_budget
where project = $project
order by mission, programme
