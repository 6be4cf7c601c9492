-- One row per territory: number and money of the funded works in it that are in one municipality,
-- whose money has one place, and the number of the others. `paid_share` is of those with payments.
select
    p.in_territory,
    count(*) filter (where w.municipalities = 1) as single,
    count(*) filter (where w.municipalities is distinct from 1) as shared,
    coalesce(sum(w.funding) filter (where w.municipalities = 1), 0) as funding,
    sum(w.paid) filter (where w.municipalities = 1 and w.funding != 0)
    / sum(w.funding) filter (where w.municipalities = 1 and w.funding != 0 and w.paid is not null)
        as paid_share
from territories_of_works() as p
join funded_work as w using (project)
group by p.in_territory
order by p.in_territory
