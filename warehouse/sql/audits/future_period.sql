-- severity: error
-- A figure of a period that has not begun.
select dataset, variable, period, count(*) as rows
from component
where period_start(period) > getvariable('today')
group by all
