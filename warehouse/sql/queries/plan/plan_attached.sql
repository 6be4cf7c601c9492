-- One row per project of a plan $cycle and DUP programme that funds it, with its primary node.
select
    n.node,
    p.project,
    p.level,
    p.number,
    p.parent,
    p.weight,
    coalesce(p.short_it, p.title_it) as title_it,
    coalesce(p.short_en, p.title_en, p.title_it) as title_en,
    b.mission,
    b.programme,
    b.title_it as programme_it,
    coalesce(b.title_en, b.title_it) as programme_en
from project as p
join project_node as n on n.project = p.project and n.role = 'primary'
left join project_budget as b on b.project = p.project
where p.cycle = $cycle and p.level != 'funded'
order by p.level desc, p.number, b.mission, b.programme
