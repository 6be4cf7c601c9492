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
ORDER BY f.secured DESC, f.amount DESC, f.source
