-- One project, with its policy areas in the plan's order.
SELECT
    p.* REPLACE (coalesce(p.title_en, p.title_it) AS title_en),
    (
        SELECT arg_min(n.node, n.position) FILTER (WHERE n.role = 'primary')
        FROM project_node AS n WHERE n.project = p.project
    ) AS area,
    (
        SELECT string_agg(n.node, ' ' ORDER BY n.position)
        FROM project_node AS n WHERE n.project = p.project
    ) AS areas,
    d.attribution_it,
    d.attribution_en,
    d.licence,
    d.address AS dataset_address
FROM project AS p
LEFT JOIN dataset AS d USING (dataset)
WHERE p.project = $project
