-- For every indicator, municipality and period: the numerator `x` and the denominator or weight
-- `y` that belongs to it as the indicator's `align` says.
with wanted as (
    select
        *,
        split_part(numerator, '.', 1) as x_dataset,
        split_part(numerator, '.', 2) as x_variable,
        split_part(coalesce(denominator, weight), '.', 1) as y_dataset,
        split_part(coalesce(denominator, weight), '.', 2) as y_variable
    from indicator
),

x as (
    select w.indicator, w.align, c.territory, c.period, c.value, c.obs_status,
        period_start(c.period) as start
    from wanted as w
    join component as c on c.dataset = w.x_dataset and c.variable = w.x_variable
),

y as (
    select w.indicator, w.align, c.territory, c.period, c.value, c.obs_status,
        period_start(c.period) as start
    from wanted as w
    join component as c on c.dataset = w.y_dataset and c.variable = w.y_variable
    where c.value is not null or w.align = 'same'
),

-- The figures of another period: the latest at or before, the earliest after.
other as (
    select x.indicator, x.territory, x.period, before.value, before.obs_status,
        before.start != x.start and x.align = 'nearest' as shifted,
        date_diff('day', before.start, x.start) as distance
    from x
    asof join y as before
        on before.indicator = x.indicator
        and before.territory = x.territory
        and before.start <= x.start
    where x.align in ('latest', 'nearest')
    union all
    select x.indicator, x.territory, x.period, after.value, after.obs_status, true,
        date_diff('day', x.start, after.start)
    from x
    asof join y as after
        on after.indicator = x.indicator
        and after.territory = x.territory
        and after.start > x.start
    where x.align = 'nearest'
),

aligned as (
    select indicator, territory, period, value, obs_status, false as shifted
    from y
    where align = 'same'
    union all
    -- of two at the same distance, the one before
    select indicator, territory, period,
        arg_min(value, order_of), arg_min(obs_status, order_of), arg_min(shifted, order_of)
    from (select *, 2 * distance + shifted::int as order_of from other)
    group by all
)

select
    x.indicator,
    x.territory,
    x.period,
    x.value as x,
    x.obs_status as x_status,
    aligned.value as y,
    aligned.obs_status as y_status,
    coalesce(aligned.shifted, false) as shifted
from x
left join aligned using (indicator, territory, period)
