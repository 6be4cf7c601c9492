-- One row per milestone of one $project on the day $today, in order: its delay against the first
-- plan in days, and between which days it is likely to end if open.
select
    s.milestone,
    s.position,
    s.kind,
    s.title_it,
    s.title_en,
    s.weight,
    s.owner as actor,
    coalesce(a.name, s.owner) as owner,
    s.baseline_start,
    s.baseline_end,
    s.planned_end,
    s.actual_start,
    s.actual_end,
    s.completed,
    date_diff('day', s.baseline_end, coalesce(s.actual_end, s.planned_end)) as delay_days,
    f.end_low,
    f.end_high,
    f.sample,
    f.of_all_kinds,
    s.demonstration
from step_at($today::date) as s
left join forecast_at($today::date) as f using (project, milestone)
left join actor as a on a.actor = s.owner
where s.project = $project
order by s.position
