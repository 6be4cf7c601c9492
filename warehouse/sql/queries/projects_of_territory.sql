-- The plan's projects that stand in a zone or municipality, the nearest first; those of the
-- whole metropolitan city concern every territory.
SELECT
    p.project,
    p.level,
    p.number,
    p.title_it,
    coalesce(p.title_en, p.title_it) AS title_en,
    p.short_it,
    p.short_en,
    bool_or(t.level <> 'metro') AS local,
    p.demonstration
FROM project AS p
INNER JOIN project_place AS l USING (project)
INNER JOIN territory AS t USING (territory)
WHERE
    p.level <> 'funded'
    AND (
        t.level = 'metro'
        OR t.territory = $territory
        OR t.parent = $territory
        OR t.territory = (SELECT here.parent FROM territory AS here WHERE here.territory = $territory)
    )
GROUP BY ALL
ORDER BY local DESC, p.level DESC, p.number
