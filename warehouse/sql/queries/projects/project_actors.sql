-- One row per actor and role in one project.
select
    a.actor,
    a.name,
    a.tax_code,
    p.role,
    p.demonstration
from project_actor as p
join actor as a using (actor)
where p.project = $project
order by
    list_position(['promoter', 'implementing_body', 'funder', 'partner', 'beneficiary'], p.role),
    a.name
