-- One row per municipality and period of the indicators in `wanted` whose `align` is `same`: the
-- numerator `x` and the denominator or weight `y` of the same period.
with x as (from figure_now where part = 'x' and align = 'same'),

y as (from figure_now where part = 'y' and align = 'same')

select
    indicator,
    territory,
    period,
    x.value as x,
    x.obs_status as x_status,
    y.value as y,
    y.obs_status as y_status,
    x.is_hidden or coalesce(y.is_hidden, false) as is_hidden,
    false as shifted
from x
left join y using (indicator, territory, period)
