-- One row per municipality and period of the indicators in `wanted` whose `align` is `latest` or
-- `nearest`: as `part`, but `y` may be of another period.
with x as (
    select
        *,
        period_start(period) as start
    from figure_now
    where part = 'x' and align != 'same'
),

y as (
    select
        *,
        period_start(period) as start
    from figure_now
    where part = 'y' and align != 'same' and value is not null
    -- a provisional stock holds only where there is no final one before it
    qualify align != 'latest' or obs_status != 'P' or not bool_or(obs_status != 'P')
        over (partition by indicator, territory order by period_start(period))
),

-- the latest at or before, the earliest after
candidate as (
    select
        x.indicator,
        x.territory,
        x.period,
        before.value,
        before.obs_status,
        before.is_hidden,
        before.start != x.start and x.align = 'nearest' as shifted,
        date_diff('day', before.start, x.start) as distance
    from x
    asof join y as before
        on before.indicator = x.indicator and before.territory = x.territory
            and before.start <= x.start
    union all
    select
        x.indicator,
        x.territory,
        x.period,
        after.value,
        after.obs_status,
        after.is_hidden,
        true,
        date_diff('day', x.start, after.start)
    from x
    asof join y as after
        on after.indicator = x.indicator and after.territory = x.territory
            and after.start > x.start
    where x.align = 'nearest'
),

-- of two at the same distance, the one before
aligned as (
    select
        indicator,
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
    indicator,
    territory,
    period,
    x.value as x,
    x.obs_status as x_status,
    aligned.value as y,
    aligned.obs_status as y_status,
    x.is_hidden or coalesce(aligned.is_hidden, false) as is_hidden,
    coalesce(aligned.shifted, false) as shifted
from x
left join aligned using (indicator, territory, period)
