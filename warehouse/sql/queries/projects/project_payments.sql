-- One row per period: paid by its end, planned and committed for one $project. What was not known
-- on the day $today is left out.
with payments as (
    select
        payment.*,
        period_start(period) <= $today::date
        and (period_end(period) <= $today::date or coalesce($today::date >= extracted, true))
            as is_known
    from payment
    join project using (project)
    where project = $project
)

select
    period,
    sum(if(is_known, amount, null)) as amount,
    sum(planned) as planned,
    sum(if(is_known, committed, null)) as committed,
    bool_or(demonstration) as demonstration
from payments
group by period
order by period
