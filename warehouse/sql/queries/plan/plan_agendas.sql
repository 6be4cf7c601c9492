-- One row per zone agenda and objective of a plan $cycle.
select
    n.node,
    n.territory,
    t.name,
    n.title_it,
    n.title_en,
    n.address,
    o.position as objective,
    o.title_it as objective_it,
    o.title_en as objective_en,
    o.demonstration
from framework_node as n
join territory as t using (territory)
left join node_objective as o using (cycle, node)
where n.cycle = $cycle
order by n.position, o.position
