-- One row per new or revised value out of line with its own history, the farthest first.
select
    a.*,
    coalesce(t.name, territory) as name,
    greatest(expected_low - value, value - expected_high)
    / nullif(greatest(abs(expected_low), abs(expected_high)), 0) as beyond
from anomaly as a
left join territory as t using (territory)
order by beyond desc nulls last, indicator, t.position, period
