-- One row per municipality and period of an indicator whose `align` is `latest` or `nearest`: as
-- `part`, but `y` may be of another period.
with x as (
    select
        territory,
        period,
        value,
        obs_status,
        hidden.territory is not null as is_hidden,
        period_start(period) as start
    from component
    left join hidden_cell as hidden using (dataset, variable, territory, period)
    where dataset = getvariable('x_dataset') and variable = getvariable('x_variable')
),

y as (
    select
        territory,
        period,
        value,
        obs_status,
        hidden.territory is not null as is_hidden,
        period_start(period) as start
    from component
    left join hidden_cell as hidden using (dataset, variable, territory, period)
    where dataset = getvariable('y_dataset')
        and variable = getvariable('y_variable')
        and value is not null
    -- a provisional stock holds only where there is no final one before it
    qualify getvariable('align') != 'latest' or obs_status != 'P' or not bool_or(obs_status != 'P')
        over (partition by territory order by period_start(period))
),

-- the latest at or before, the earliest after
candidate as (
    select
        x.territory,
        x.period,
        before.value,
        before.obs_status,
        before.is_hidden,
        before.start != x.start and getvariable('align') = 'nearest' as shifted,
        date_diff('day', before.start, x.start) as distance
    from x
    asof join y as before on before.territory = x.territory and before.start <= x.start
    union all
    select
        x.territory,
        x.period,
        after.value,
        after.obs_status,
        after.is_hidden,
        true,
        date_diff('day', x.start, after.start)
    from x
    asof join y as after on after.territory = x.territory and after.start > x.start
    where getvariable('align') = 'nearest'
),

-- of two at the same distance, the one before
aligned as (
    select
        territory,
        period,
        arg_min(value, order_of) as value,
        arg_min(obs_status, order_of) as obs_status,
        arg_min(is_hidden, order_of) as is_hidden,
        arg_min(shifted, order_of) as shifted
    from (
        select
            *,
            2 * distance + shifted::int as order_of
        from candidate
    )
    group by all
)

select
    territory,
    period,
    x.value as x,
    x.obs_status as x_status,
    aligned.value as y,
    aligned.obs_status as y_status,
    x.is_hidden or coalesce(aligned.is_hidden, false) as is_hidden,
    coalesce(aligned.shifted, false) as shifted
from x
left join aligned using (territory, period)
order by territory, period
