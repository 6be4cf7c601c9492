-- One row per milestone of the plan's projects on the day $today.
select
    project,
    milestone,
    title_it,
    title_en,
    planned_end,
    actual_end
from step_at($today::date)
order by project, position
