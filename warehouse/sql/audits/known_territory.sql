-- severity: error
-- it: una cifra di un luogo non dichiarato o soppresso, o di un Comune prima che nascesse
-- en: a figure of an undeclared or abolished place, or of a municipality before it existed
-- A municipality with predecessors has their figures too: it is not too early for it.
with early as (
    select
        t.territory,
        t.valid_from
    from territory as t
    where t.valid_from is not null
        and t.territory not in (select successor from succession)
)

select
    dataset,
    variable,
    c.territory,
    min(c.period) as first_period,
    count(*) as rows
from component as c
left join early on early.territory = c.territory
where c.territory not in (select member from place)
    or period_start(c.period) < date_trunc('year', early.valid_from)
group by all
