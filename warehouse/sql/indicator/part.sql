-- One row per municipality and period of the indicator in `wanted` whose `align` is `same`: the
-- numerator `x` and the denominator or weight `y` of the same period.
with y as (
    select
        territory,
        period,
        value,
        obs_status,
        hidden.territory is not null as is_hidden
    from component
    left join hidden_cell as hidden using (dataset, variable, territory, period)
    where dataset = getvariable('y_dataset') and variable = getvariable('y_variable')
)

select
    territory,
    period,
    x.value as x,
    x.obs_status as x_status,
    y.value as y,
    y.obs_status as y_status,
    hidden.territory is not null or coalesce(y.is_hidden, false) as is_hidden,
    false as shifted
from component as x
left join hidden_cell as hidden using (dataset, variable, territory, period)
left join y using (territory, period)
where x.dataset = getvariable('x_dataset') and x.variable = getvariable('x_variable')
order by territory, period
