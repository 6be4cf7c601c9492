-- One row per zone: the funded works in a single municipality, whose money has one place.
select
    t.territory,
    t.name,
    t.short,
    count(*) as projects,
    sum(w.funding) as funding,
    sum(w.paid) as paid,
    sum(w.paid) / nullif(sum(w.funding) filter (where w.paid is not null), 0) as paid_share
from funded_work as w
join territory as t on t.territory = w.zones[1]
where w.municipalities = 1
group by all
order by funding desc nulls last
