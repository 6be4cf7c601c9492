-- Funded works by zone: only those in one single municipality, whose money has one place.
WITH work AS (
    SELECT
        w.project,
        m.zone,
        (SELECT sum(f.amount) FROM funding_line AS f WHERE f.project = w.project) AS funding,
        (
            SELECT sum(y.amount) FROM payment AS y
            WHERE y.project = w.project
                AND y.period = (SELECT max(l.period) FROM payment AS l WHERE l.project = w.project)
        ) AS paid
    FROM project AS w
    INNER JOIN project_place AS p ON p.project = w.project AND p.share = 1
    INNER JOIN territory_membership AS m ON m.municipality = p.territory AND m.valid_to IS NULL
    WHERE w.level = 'funded'
)
SELECT
    t.territory,
    t.name,
    t.short,
    count(*) AS projects,
    sum(work.funding) AS funding,
    sum(work.paid) AS paid,
    sum(work.paid) / nullif(sum(work.funding), 0) AS paid_share
FROM work
INNER JOIN territory AS t ON t.territory = work.zone
GROUP BY ALL
ORDER BY funding DESC
