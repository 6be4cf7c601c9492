-- One row per milestone that one $actor owns, as of the day $today.
select
    s.*,
    p.project_it,
    p.project_en,
    date_diff('day', $today::date, s.planned_end) as days
from step_at($today::date) as s
join project_name() as p using (project)
where s.owner = $actor
order by s.actual_end is not null, s.planned_end, s.project, s.position
