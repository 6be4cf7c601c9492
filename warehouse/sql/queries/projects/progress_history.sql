-- One row per project of the plan and day until $today on which its milestones were reported: the
-- share done by then, by weight.
with day as (
    select distinct
        project,
        reported
    from milestone_report
    where reported <= $today::date
),

step as (
    select
        day.project,
        day.reported,
        milestone,
        arg_max(report.completed, report.reported) as completed
    from day
    join milestone_report as report
        on report.project = day.project and report.reported <= day.reported
    group by all
)

select
    step.project,
    step.reported,
    sum(milestone.weight * step.completed) / nullif(sum(milestone.weight), 0) as physical
from step
join milestone using (project, milestone)
where step.completed is not null
group by all
order by step.project, step.reported
