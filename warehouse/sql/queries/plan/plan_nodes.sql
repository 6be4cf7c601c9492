-- One row per node of the framework of a plan $cycle, in order, with its number of projects.
select
    n.node,
    n.type,
    n.title_it,
    n.title_en,
    n.parent,
    n.territory,
    n.address,
    n.position,
    (
        select count(*) from project_node as p
        join project using (project)
        where p.node = n.node and project.cycle = n.cycle and project.level != 'funded'
    ) as projects
from framework_node as n
where n.cycle = $cycle
order by n.position
