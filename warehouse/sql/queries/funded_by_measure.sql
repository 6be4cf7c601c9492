-- Funded works of one policy area (or all) by measure, each project once.
WITH work AS (
    SELECT
        w.project,
        w.measure_code,
        w.measure,
        (SELECT sum(f.amount) FROM funding_line AS f WHERE f.project = w.project) AS funding,
        (
            SELECT sum(y.amount) FROM payment AS y
            WHERE y.project = w.project
                AND y.period = (SELECT max(l.period) FROM payment AS l WHERE l.project = w.project)
        ) AS paid
    FROM project AS w
    LEFT JOIN project_node AS n ON n.project = w.project AND n.role = 'primary'
    WHERE w.level = 'funded' AND ($area::VARCHAR IS NULL OR n.node = $area)
)
SELECT
    measure_code,
    any_value(measure) AS measure,
    count(*) AS projects,
    sum(funding) AS funding,
    sum(paid) AS paid,
    sum(paid) / nullif(sum(funding), 0) AS paid_share
FROM work
GROUP BY measure_code
ORDER BY funding DESC
