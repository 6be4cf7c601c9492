-- What is paid of one $project up to each period, beside what was planned and committed; what
-- was not yet known on the day $today is left out.
select
    period,
    sum(if(period_start(period) <= $today::date, amount, null)) as amount,
    sum(planned) as planned,
    sum(if(period_start(period) <= $today::date, committed, null)) as committed,
    bool_or(demonstration) as demonstration
from payment
where project = $project
group by period
order by period
