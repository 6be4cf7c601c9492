-- One row per milestone not done on the day $today though its first plan ends before, by owner.
select
    s.owner,
    coalesce(a.name, s.owner) as name,
    s.project,
    p.project_it,
    p.project_en,
    s.title_it,
    s.title_en,
    s.baseline_end,
    s.planned_end,
    s.demonstration,
    date_diff('day', s.baseline_end, $today::date) as late_days
from step_at($today::date) as s
join project_name() as p using (project)
left join actor as a on a.actor = s.owner
where s.actual_end is null and s.baseline_end < $today::date
order by name, late_days desc
