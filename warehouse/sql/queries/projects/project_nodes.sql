-- One row per node of the plan that one project belongs to, in the order of its page.
select
    p.node,
    n.type,
    n.title_it,
    n.title_en,
    p.role,
    p.position
from project_node as p
join framework_node as n using (node)
join project as j using (project)
where p.project = $project and n.cycle = coalesce(j.cycle, n.cycle)
order by p.position
