-- severity: error
-- it: cifre che la pubblicazione precedente aveva e questa no
-- en: figures that the release before had and this has not
-- Figures of a variable that is still declared which the published release had and this has not.
with counted as (
    select dataset, variable, period, count(*) as rows, count(value) as known
    from component
    group by all
),

before as (
    select dataset, variable, period, count(*) as rows, count(value) as known
    from past.component
    semi join variable using (dataset, variable)
    group by all
)

select dataset, variable, period, before.rows as rows_before, coalesce(counted.rows, 0) as rows,
    before.known as known_before, coalesce(counted.known, 0) as known
from before
left join counted using (dataset, variable, period)
where coalesce(counted.rows, 0) < before.rows or coalesce(counted.known, 0) < before.known
