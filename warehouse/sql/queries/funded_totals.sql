-- All funded works together, each project once; `single_*` are those in one municipality.
WITH work AS (
    SELECT
        w.project,
        w.cup,
        w.extracted,
        EXISTS (
            SELECT 1 FROM project_place AS p WHERE p.project = w.project AND p.share = 1
        ) AS single,
        (SELECT sum(f.amount) FROM funding_line AS f WHERE f.project = w.project) AS funding,
        (
            SELECT sum(y.amount) FROM payment AS y
            WHERE y.project = w.project
                AND y.period = (SELECT max(l.period) FROM payment AS l WHERE l.project = w.project)
        ) AS paid
    FROM project AS w
    WHERE w.level = 'funded'
)
SELECT
    count(*) AS projects,
    count(DISTINCT cup) AS cups,
    (
        SELECT count(DISTINCT p.territory) FROM project_place AS p
        INNER JOIN work USING (project)
    ) AS municipalities,
    sum(funding) AS funding,
    sum(paid) AS paid,
    sum(paid) / nullif(sum(funding), 0) AS paid_share,
    count(*) FILTER (WHERE single) AS single_projects,
    sum(funding) FILTER (WHERE single) AS single_funding,
    sum(paid) FILTER (WHERE single) AS single_paid,
    max(extracted) AS extracted
FROM work
