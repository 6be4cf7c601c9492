-- Funded works, largest first; of a municipality or zone, of a policy area, with a text, or all.
WITH place AS (
    SELECT
        p.project,
        count(*) AS municipalities,
        string_agg(t.name, ', ' ORDER BY t.name) AS place,
        any_value(p.territory) AS territory,
        bool_or(
            $territory::VARCHAR IS NULL
            OR p.territory = $territory
            OR m.zone = $territory
            OR EXISTS (SELECT 1 FROM territory WHERE territory = $territory AND level = 'metro')
        ) AS wanted
    FROM project_place AS p
    INNER JOIN territory AS t USING (territory)
    LEFT JOIN territory_membership AS m
        ON m.municipality = p.territory AND m.valid_to IS NULL
    GROUP BY p.project
),
money AS (
    SELECT
        project,
        sum(amount) AS funding,
        sum(amount) FILTER (WHERE source = 'pnrr') AS funding_pnrr
    FROM funding_line
    GROUP BY project
),
spent AS (
    SELECT
        project,
        sum(amount) AS paid,
        sum(amount) FILTER (WHERE source = 'pnrr') AS paid_pnrr
    FROM (
        SELECT *, period = max(period) OVER (PARTITION BY project) AS is_last FROM payment
    )
    WHERE is_last
    GROUP BY project
),
body AS (
    SELECT p.project, string_agg(a.name, ', ' ORDER BY a.name) AS body
    FROM project_actor AS p
    INNER JOIN actor AS a USING (actor)
    WHERE p.role = 'implementing_body'
    GROUP BY p.project
),
area AS (
    SELECT project, node AS area FROM project_node WHERE role = 'primary'
)
SELECT
    w.project,
    w.title_it AS title,
    w.cup,
    w.measure_code,
    w.measure,
    w.sector,
    area.area,
    body.body,
    place.place,
    place.municipalities,
    CASE WHEN place.municipalities = 1 THEN place.territory END AS territory,
    money.funding,
    money.funding_pnrr,
    spent.paid,
    spent.paid_pnrr,
    spent.paid / nullif(money.funding, 0) AS paid_share,
    w.extracted,
    w.dataset
FROM project AS w
LEFT JOIN place USING (project)
LEFT JOIN money USING (project)
LEFT JOIN spent USING (project)
LEFT JOIN body USING (project)
LEFT JOIN area USING (project)
WHERE
    w.level = 'funded'
    AND ($territory::VARCHAR IS NULL OR place.wanted)
    AND ($area::VARCHAR IS NULL OR area.area = $area)
    AND (
        $text::VARCHAR IS NULL
        OR contains(
            lower(strip_accents(concat_ws(' ', w.title_it, w.measure, body.body, place.place, w.cup))),
            lower(strip_accents($text))
        )
    )
ORDER BY money.funding DESC NULLS LAST, w.project
