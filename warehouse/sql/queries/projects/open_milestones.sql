-- One row per milestone not done on the day $today and due by then or within $days days.
select
    s.project,
    p.project_it,
    p.project_en,
    s.milestone,
    s.title_it,
    s.title_en,
    s.owner,
    coalesce(a.name, s.owner) as name,
    s.baseline_end,
    s.planned_end,
    s.completed,
    s.demonstration,
    date_diff('day', $today::date, s.planned_end) as days,
    date_diff('day', s.baseline_end, greatest(s.planned_end, $today::date)) as late_days
from step_at($today::date) as s
join project_name() as p using (project)
left join actor as a on a.actor = s.owner
where s.actual_end is null and date_diff('day', $today::date, s.planned_end) <= $days
order by s.planned_end, s.project, s.position
