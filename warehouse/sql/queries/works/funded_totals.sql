-- One row: all funded works, each once; `single_*` are those in one municipality.
select
    count(*) as projects,
    count(distinct cup) as cups,
    (
        select count(distinct p.territory) from project_place as p
        join project as w using (project)
        where w.level = 'funded'
    ) as municipalities,
    sum(funding) as funding,
    sum(paid) as paid,
    sum(paid) / nullif(sum(funding) filter (where paid is not null), 0) as paid_share,
    count(*) filter (where municipalities = 1) as single_projects,
    sum(funding) filter (where municipalities = 1) as single_funding,
    sum(paid) filter (where municipalities = 1) as single_paid,
    sum(funding) filter (where municipalities = 1 and paid is not null) as single_paid_of,
    count(*) filter (where area is null) as without_area,
    count(*) filter (where funding is null) as without_money,
    (select max(period) from payment join project using (project) where level = 'funded')
        as paid_on,
    max(extracted) as extracted
from funded_work
