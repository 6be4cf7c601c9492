-- The milestones that one $actor has taken on, as they stand on the day $today.
select
    s.*,
    coalesce(p.short_it, p.title_it) as project_it,
    coalesce(p.short_en, p.title_en, p.title_it) as project_en,
    date_diff('day', $today::date, s.planned_end) as days
from step_at($today::date) as s
join project as p using (project)
where s.owner = $actor
order by s.actual_end is not null, s.planned_end, s.project, s.position
