-- One row per project of one $actor, with its roles, as of the day $today.
with taking_part as (
    select
        project,
        role
    from project_actor where actor = $actor
    union
    select
        project,
        'owner'
    from milestone where owner = $actor
)

select
    p.*,
    t.roles
from (select
    project,
    list(role order by role) as roles
from taking_part group by project) as t
join progress_at($today::date) as p using (project)
order by p.level desc, p.number
