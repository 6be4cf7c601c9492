-- One row per territory and each of the $count largest funded works in it, the largest first.
select
    p.in_territory,
    w.project,
    w.title,
    w.body,
    w.place,
    w.municipalities,
    w.funding,
    w.paid_share
from territories_of_works() as p
join funded_work as w using (project)
qualify
    row_number() over (
        partition by p.in_territory order by w.funding desc nulls last, w.sample, w.project
    ) <= $count
order by p.in_territory, w.funding desc nulls last, w.sample, w.project
