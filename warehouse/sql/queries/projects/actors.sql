-- One row per actor of the plan's projects: roles, projects and their states on the day $today, and
-- the milestones that it owns.
with taking_part as (
    select distinct
        actor,
        project
    from project_actor
    join project using (project)
    where level != 'funded'
    union
    select distinct
        owner,
        project
    from milestone where owner is not null
),

steps as (
    select
        owner as actor,
        count(*) as steps,
        count(actual_end) as steps_done,
        count(*) filter (actual_end is null and planned_end < $today::date) as steps_overdue
    from step_at($today::date)
    group by owner
),

roles as (
    select
        actor,
        list(distinct role order by role) as roles
    from project_actor
    join project using (project)
    where level != 'funded'
    group by actor
)

select
    t.actor,
    coalesce(a.name, t.actor) as name,
    coalesce(r.roles, []) as roles,
    count(*) as projects,
    count(*) filter (p.state = 'late') as late,
    count(*) filter (p.state = 'done') as done,
    coalesce(any_value(s.steps), 0) as steps,
    coalesce(any_value(s.steps_done), 0) as steps_done,
    coalesce(any_value(s.steps_overdue), 0) as steps_overdue
from taking_part as t
join progress_at($today::date) as p using (project)
left join actor as a using (actor)
left join roles as r using (actor)
left join steps as s using (actor)
group by all
order by projects desc, name
