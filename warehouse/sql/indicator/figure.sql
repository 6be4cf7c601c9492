-- One row per figure of the variables of `wanted`: `part` tells the numerator (`x`) from the
-- denominator or weight (`y`). They are looked up one after the other: each in its own part of the
-- table, which is sorted by dataset and variable.
with x as (
    select
        indicator,
        'x' as part,
        align,
        component.*
    from component
    join wanted on dataset = x_dataset and variable = x_variable
),

y as (
    select
        indicator,
        'y' as part,
        align,
        component.*
    from component
    join wanted on dataset = y_dataset and variable = y_variable
)

select
    indicator,
    part,
    align,
    territory,
    period,
    value,
    obs_status,
    hidden.territory is not null as is_hidden
from (from x union all by name from y)
left join hidden_cell as hidden using (dataset, variable, territory, period)
order by indicator, territory, period
