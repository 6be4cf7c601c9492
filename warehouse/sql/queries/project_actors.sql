-- Who takes part in one project, and as what.
SELECT
    a.actor,
    a.name,
    a.tax_code,
    p.role,
    p.demonstration
FROM project_actor AS p
INNER JOIN actor AS a USING (actor)
WHERE p.project = $project
ORDER BY
    list_position(['promoter', 'implementing_body', 'funder', 'partner', 'beneficiary'], p.role),
    a.name
