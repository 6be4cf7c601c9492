-- The nodes of the plan that one project belongs to, in the order of its page.
SELECT
    p.node,
    n.type,
    n.title_it,
    n.title_en,
    p.role,
    p.position
FROM project_node AS p
INNER JOIN framework_node AS n USING (node)
INNER JOIN project AS j USING (project)
WHERE p.project = $project AND n.cycle = coalesce(j.cycle, n.cycle)
ORDER BY p.position
