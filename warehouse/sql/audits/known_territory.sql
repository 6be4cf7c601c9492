-- severity: error
-- it: una cifra di un luogo che non è dichiarato
-- en: a figure of a place that is not declared
-- A figure of a place that is not declared, of a municipality that is no more, or from before a
-- municipality was there (what was merged into it counts for it).
with early as (
    select t.territory, t.valid_from
    from territory as t
    where t.valid_from is not null
        and t.territory not in (select successor from succession)
)

select dataset, variable, c.territory, min(c.period) as first_period, count(*) as rows
from component as c
left join early on early.territory = c.territory
where c.territory not in (select member from place)
    or period_start(c.period) < date_trunc('year', early.valid_from)
group by all
