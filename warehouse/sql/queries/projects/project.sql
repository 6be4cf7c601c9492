-- One row: one project, with its policy areas in the plan's order.
select
    p.* replace (coalesce(p.title_en, p.title_it) as title_en),
    (
        select arg_min(n.node, n.position) filter (where n.role = 'primary')
        from project_node as n where n.project = p.project
    ) as area,
    (
        select string_agg(n.node, ' ' order by n.position)
        from project_node as n where n.project = p.project
    ) as areas,
    d.attribution_it,
    d.attribution_en,
    d.licence,
    d.address as dataset_address
from project as p
left join dataset as d using (dataset)
where p.project = $project
