-- What is paid of one project up to each period, beside what was planned.
SELECT
    period,
    sum(amount) AS amount,
    sum(planned) AS planned,
    bool_or(demonstration) AS demonstration
FROM payment
WHERE project = $project
GROUP BY period
ORDER BY period
