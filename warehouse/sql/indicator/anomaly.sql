-- One row per new or revised value of the indicators in `wanted` that is out of line: its step
-- from the value before is unlike the earlier steps (median ± 6 × 1.4826 × median absolute
-- deviation; at least 5 per cent of the value before and one unit of the last decimal), or it is
-- outside the plausible bounds: those declared, or where they are wider the outer fences of its
-- municipalities. A step over a declared break is not judged.
with series as (
    select
        indicator,
        territory,
        period,
        value,
        period_start(period) as start,
        length(period) as kind,  -- years are compared with years, months with months
        value - lag(value) over history as step,
        lag(value) over history as before,
        lag(period_start(period)) over history as start_before
    from observation_now
    where value is not null
    window history as (
        partition by indicator, territory, length(period)
        order by period_start(period)
    )
),

fresh as (
    select series.*
    from series
    join change_now using (indicator, territory, period)
    where change_now.kind in ('new_period', 'revised')
),

crossed as (
    select
        fresh.indicator,
        fresh.territory,
        fresh.period
    from fresh
    join annotation as a on a.indicator = fresh.indicator
        and period_start(a.period) > fresh.start_before
        and period_start(a.period) <= fresh.start
),

comparable as (from fresh anti join crossed using (indicator, territory, period)),

history_of_steps as (
    select
        c.indicator,
        c.territory,
        c.period,
        c.before,
        c.value,
        s.step,
        median(s.step) over target as usual,
        count(*) over target as steps
    from comparable as c
    join series as s
        on s.indicator = c.indicator and s.territory = c.territory and s.kind = c.kind
            and s.start < c.start and s.step is not null
    window target as (partition by c.indicator, c.territory, c.period)
),

expected as (
    select
        indicator,
        territory,
        period,
        value,
        before + usual as middle,
        greatest(
            6 * 1.4826 * median(abs(step - usual)),
            0.05 * abs(before),
            power(10, -any_value(wanted.decimals))
        ) as margin
    from history_of_steps
    join wanted using (indicator)
    where steps >= 3  -- four values in the past
    group by indicator, territory, period, value, before, usual
),

fence as (
    select
        indicator,
        lower_fence(o.value) as low,
        upper_fence(o.value) as high
    from observation_now as o
    join territory using (territory)
    where territory.level = 'municipality'
    group by indicator
),

bounds as (
    select
        indicator,
        least(wanted.plausible_low, fence.low) as low,
        greatest(wanted.plausible_high, fence.high) as high
    from wanted
    left join fence using (indicator)
    where wanted.plausible_low is not null
),

anomalies as (
    select
        indicator,
        territory,
        period,
        value,
        middle - margin as expected_low,
        middle + margin as expected_high,
        'jump' as reason,
        1 as rank
    from expected
    where abs(value - middle) > margin
    union all
    select
        indicator,
        territory,
        period,
        value,
        bounds.low,
        bounds.high,
        'plausible',
        2
    from fresh
    join bounds using (indicator)
    where value < bounds.low or value > bounds.high
)

select
    indicator,
    territory,
    period,
    value,
    expected_low,
    expected_high,
    reason
from anomalies
qualify row_number() over (partition by indicator, territory, period order by rank) = 1
order by indicator, territory, period
