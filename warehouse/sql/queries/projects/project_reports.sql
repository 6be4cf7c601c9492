-- One row per progress report of one $project, the latest first.
select
    *,
    coalesce(narrative_it, '') as said_it,
    coalesce(narrative_en, narrative_it, '') as said_en
from progress_report
where project = $project
order by reported desc
