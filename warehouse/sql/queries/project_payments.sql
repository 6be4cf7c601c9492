-- What is paid of one $project up to each period, beside what was planned and committed; what
-- was not yet told on the day $today is left out.
with told as (
    select
        payment.*,
        period_start(period) <= $today::date
        and (period_end(period) <= $today::date or coalesce($today::date >= extracted, true))
            as known
    from payment
    join project using (project)
    where project = $project
)

select
    period,
    sum(if(known, amount, null)) as amount,
    sum(planned) as planned,
    sum(if(known, committed, null)) as committed,
    bool_or(demonstration) as demonstration
from told
group by period
order by period
