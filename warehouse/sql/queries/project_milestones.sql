-- The steps of one project, in order; delay against the first plan, in days.
SELECT
    m.milestone,
    m.position,
    m.title_it,
    coalesce(m.title_en, m.title_it) AS title_en,
    m.weight,
    coalesce(a.name, m.owner) AS owner,
    m.baseline_start,
    m.baseline_end,
    m.planned_end,
    m.actual_start,
    m.actual_end,
    m.completed,
    date_diff('day', m.baseline_end, coalesce(m.actual_end, m.planned_end)) AS delay_days,
    m.demonstration
FROM milestone AS m
LEFT JOIN actor AS a ON a.actor = m.owner
WHERE m.project = $project
ORDER BY m.position
