-- One row per figure of the variables of `wanted`: `part` tells the numerator (`x`) from the
-- denominator or weight (`y`).
with wanted_part as (
    select
        indicator,
        align,
        unnest(['x', 'y']) as part,
        unnest([x_dataset, y_dataset]) as dataset,
        unnest([x_variable, y_variable]) as variable
    from wanted
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
from component
join wanted_part using (dataset, variable)
left join hidden_cell as hidden using (dataset, variable, territory, period)
order by indicator, territory, period
