-- Projects of one $level with their progress at $today. Physical: milestones by weight;
-- financial: paid over secured public funding. The two are never added up.
WITH step AS (
    SELECT
        *,
        CAST($today AS DATE) AS today,
        greatest(0, least(1,
            date_diff('day', baseline_start, CAST($today AS DATE))
            / greatest(date_diff('day', baseline_start, baseline_end), 1)
        )) AS due
    FROM milestone
),
physical AS (
    SELECT
        project,
        sum(weight * completed) / sum(weight) AS physical,
        sum(weight * due) / sum(weight) AS planned,
        min(baseline_start) AS baseline_start,
        max(baseline_end) AS baseline_end,
        min(actual_start) AS actual_start,
        max(coalesce(actual_end, planned_end, baseline_end)) AS finish,
        bool_and(actual_end IS NOT NULL) AS done
    FROM step
    GROUP BY project
),
next_step AS (
    SELECT
        project,
        arg_min(title_it, (planned_end, position)) AS next_it,
        arg_min(title_en, (planned_end, position)) AS next_en,
        min(planned_end) AS next_date
    FROM milestone
    WHERE actual_end IS NULL
    GROUP BY project
),
money AS (
    SELECT
        project,
        sum(amount) FILTER (WHERE secured AND source <> 'private') AS funding,
        sum(amount) FILTER (WHERE NOT secured) AS to_be_found,
        sum(amount) AS funding_total
    FROM funding_line
    GROUP BY project
),
spent AS (
    SELECT project, sum(amount) AS paid, sum(planned) AS paid_planned, any_value(period) AS paid_at
    FROM (
        SELECT *, period = max(period) OVER (PARTITION BY project) AS is_last
        FROM payment
        WHERE amount IS NOT NULL
    )
    WHERE is_last
    GROUP BY project
),
node AS (
    SELECT
        project,
        arg_min(node, position) FILTER (WHERE role = 'primary') AS area,
        string_agg(node, ' ' ORDER BY position) AS areas
    FROM project_node
    GROUP BY project
)
SELECT
    p.project,
    p.level,
    p.number,
    p.title_it,
    coalesce(p.title_en, p.title_it) AS title_en,
    p.short_it,
    p.short_en,
    n.area,
    n.areas,
    p.traits,
    h.physical,
    h.planned,
    s.paid / nullif(m.funding, 0) AS financial,
    s.paid,
    s.paid_planned,
    s.paid_at,
    m.funding,
    m.funding_total,
    m.to_be_found,
    coalesce(h.baseline_start, p.planned_start) AS baseline_start,
    coalesce(h.baseline_end, p.planned_end) AS baseline_end,
    coalesce(h.actual_start, p.actual_start) AS actual_start,
    coalesce(h.finish, p.actual_end, p.planned_end) AS finish,
    coalesce(h.done, p.actual_end IS NOT NULL) AS done,
    x.next_it,
    x.next_en,
    x.next_date,
    date_diff('day', h.baseline_end, h.finish) AS delay_days,
    date_diff('month', h.baseline_end, h.finish) AS delay_months,
    p.address,
    p.demonstration
FROM project AS p
LEFT JOIN physical AS h USING (project)
LEFT JOIN next_step AS x USING (project)
LEFT JOIN money AS m USING (project)
LEFT JOIN spent AS s USING (project)
LEFT JOIN node AS n USING (project)
WHERE p.level = $level
ORDER BY p.number, p.project
