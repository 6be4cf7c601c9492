-- Where one project stands; the share of its money is known only where it is whole.
SELECT
    p.territory,
    t.name,
    t.level,
    p.share
FROM project_place AS p
INNER JOIN territory AS t USING (territory)
WHERE p.project = $project
ORDER BY t.position, t.name
