-- One row per event of the process of a plan $cycle, in order.
select
    e.*,
    t.name as place,
    (select count(*) from contribution as c where c.cycle = e.cycle and c.event = e.event)
        as contributions
from plan_event as e
left join territory as t using (territory)
where e.cycle = $cycle
order by e.position
