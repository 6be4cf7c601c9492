-- One row per link from a node of one cycle to one of another, before or after a plan $cycle.
select
    c.before,
    c.after,
    c.kind,
    c.demonstration,
    c.source,
    b.title_it as before_it,
    b.title_en as before_en,
    a.title_it as after_it,
    a.title_en as after_en
from crosswalk as c
join framework_node as b on b.cycle = c.before and b.node = c.node
left join framework_node as a on a.cycle = c.after and a.node = c.to_node
where $cycle in (c.before, c.after)
order by c.before, b.position, a.position
