-- One row per value that differs from the release before; `relative`: the size of a revision
-- against the average of its own series.
with usual as (
    select
        indicator,
        territory,
        avg(abs(value)) as size
    from observation
    group by indicator, territory
)

select
    c.*,
    coalesce(t.name, territory) as name,
    coalesce(t.level, 'municipality') as level,
    c.after - c.before as difference,
    abs(c.after - c.before) / nullif(u.size, 0) as relative
from change as c
left join usual as u using (indicator, territory)
left join territory as t using (territory)
order by relative desc nulls last, abs(difference) desc nulls last, indicator, period, t.position
