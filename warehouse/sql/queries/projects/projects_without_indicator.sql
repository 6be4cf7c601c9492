-- One row per project of the plan that names no indicator.
select
    project,
    level,
    coalesce(short_it, title_it) as title_it,
    coalesce(short_en, title_en, title_it) as title_en
from project
anti join project_indicator using (project)
where level != 'funded'
order by level desc, number
