-- severity: error
-- it: una cifra di un periodo non ancora cominciato, o un resoconto di un giorno futuro
-- en: a figure of a period that has not begun, or a progress report of a future day
select
    dataset,
    variable,
    period,
    count(*) as rows
from component
where period_start(period) > getvariable('today')
group by all
union all
select
    project,
    'progress_report',
    reported::varchar,
    count(*)
from progress_report
where reported > getvariable('today')
group by all
