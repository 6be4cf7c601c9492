-- The money of one project by source, and what is paid of it where the source says so.
SELECT
    f.source,
    f.programme,
    f.amount,
    f.secured,
    f.demonstration,
    (
        SELECT arg_max(y.amount, y.period)
        FROM payment AS y
        WHERE y.project = f.project AND y.source = f.source AND y.amount IS NOT NULL
    ) AS paid
FROM funding_line AS f
WHERE f.project = $project

UNION ALL

-- what a work was paid out of a source that its funding does not name
SELECT y.source, NULL, NULL, TRUE, bool_or(y.demonstration), arg_max(y.amount, y.period)
FROM payment AS y
INNER JOIN project AS p USING (project)
WHERE y.project = $project AND p.level = 'funded' AND y.amount IS NOT NULL
    AND y.source NOT IN (SELECT f.source FROM funding_line AS f WHERE f.project = $project)
GROUP BY y.source
ORDER BY secured DESC, amount DESC NULLS LAST, source
