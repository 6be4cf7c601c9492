-- Steps that are not done on the day $today although the first plan says they should, by owner.
select
    s.owner,
    coalesce(a.name, s.owner) as name,
    s.project,
    coalesce(p.short_it, p.title_it) as project_it,
    coalesce(p.short_en, p.title_en, p.title_it) as project_en,
    s.title_it,
    s.title_en,
    s.baseline_end,
    s.planned_end,
    s.demonstration,
    date_diff('day', s.baseline_end, $today::date) as late_days
from step_at($today::date) as s
join project as p using (project)
left join actor as a on a.actor = s.owner
where s.actual_end is null and s.baseline_end < $today::date
order by name, late_days desc
