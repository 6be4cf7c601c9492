-- severity: error
-- it: una variabile con meno cifre, in un periodo, della pubblicazione precedente
-- en: a variable with fewer figures for a period than in the published release
-- Only variables that are still declared.
with current as (
    select
        dataset,
        variable,
        period,
        count(*) as rows,
        count(value) as with_value
    from component
    group by all
),

before as (
    select
        dataset,
        variable,
        period,
        count(*) as rows,
        count(value) as with_value
    from past.component
    semi join variable using (dataset, variable)
    group by all
)

select
    dataset,
    variable,
    period,
    before.rows as rows_before,
    coalesce(current.rows, 0) as rows,
    before.with_value as with_value_before,
    coalesce(current.with_value, 0) as with_value
from before
left join current using (dataset, variable, period)
where coalesce(current.rows, 0) < before.rows or coalesce(current.with_value, 0) < before.with_value
