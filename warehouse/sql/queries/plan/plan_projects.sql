-- One row per project of the plan, for search.
select
    project,
    level,
    number,
    title_it,
    coalesce(title_en, title_it) as title_en
from project
where level in ('strategic', 'operational')
order by level desc, number, title_it
