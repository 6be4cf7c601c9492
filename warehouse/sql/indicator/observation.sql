-- One row per territory and period of the indicators in `wanted`: municipalities, zones and the
-- metropolitan city. A territory's figure is made of the sums of its municipalities' parts, never
-- of their rates; the metropolitan city has a published figure only where there is no such sum.
with cell as (
    select
        part.* rename (territory as member),
        aggregate,
        multiplier,
        aggregate in ('ratio', 'weighted_mean') as is_rate,
        -- a municipality's own mean needs no weight, and a sum or a plain value no denominator
        x is not null and (y is not null or aggregate != 'ratio') as is_known,
        x is not null and (y is not null or not is_rate) as can_be_added,
        greatest(status_rank(y_status), if(shifted, status_rank('E'), 1)) as y_rank,
        greatest(status_rank(x_status), if(aggregate = 'ratio', y_rank, 1)) as rank,
        greatest(
            status_rank(x_status),
            if(is_rate, y_rank, 1),
            -- rates weighted with figures that are not their own denominators are an estimate
            if(
                aggregate = 'weighted_mean' and not exact and y_dataset != x_dataset,
                status_rank('E'), 1
            )
        ) as rank_in_sum
    from part_now as part
    join wanted using (indicator)
),

own as (
    select
        indicator,
        territory,
        period,
        is_known and not is_hidden as is_open,
        if(is_open, if(aggregate = 'weighted_mean', x * y, x), null) as numerator,
        if(is_open, y, null) as denominator,
        if(is_open, multiplier * if(aggregate = 'ratio', x / nullif(y, 0), x), null) as value,
        is_open::int as coverage,
        if(is_open, status_of(rank), 'Q') as obs_status
    from cell
    join place using (member)
    where not is_sum
        and (is_known or x_status = 'Q' or (aggregate = 'ratio' and y_status = 'Q'))
),

-- Numerators and denominators are added in the order of the municipalities: a sum of floats is then
-- the same to the last bit.
total as (
    select
        indicator,
        territory,
        level,
        period,
        sum(if(aggregate = 'weighted_mean', x * y, x) order by member) as numerator,
        sum(y order by member) as denominator,
        coalesce(sum(residents), 0) as covered,
        max(rank_in_sum) as rank,
        count(*) filter (is_hidden) as hidden
    from cell
    join place using (member)
    left join residents using (member)
    where is_sum and can_be_added and aggregate != 'none'
    group by all
),

-- A hidden figure that is the only one of its zone would be the zone's less the others, and such a
-- zone the metropolitan city's less the others.
open_total as (
    select
        *,
        not if(
            level = 'zone',
            hidden = 1,
            coalesce(
                bool_or(level = 'zone' and hidden = 1) over (partition by indicator, period), false
            )
        ) as is_open
    from total
),

sums as (
    select
        indicator,
        territory,
        period,
        if(is_open, total.numerator, null) as numerator,
        if(is_open, total.denominator, null) as denominator,
        if(
            is_open,
            multiplier * if(
                aggregate in ('ratio', 'weighted_mean'),
                total.numerator / nullif(total.denominator, 0),
                total.numerator
            ),
            null
        ) as value,
        covered / residents as coverage,
        if(is_open, status_of(rank), 'Q') as obs_status
    from open_total as total
    join wanted using (indicator)
    join total_residents using (territory)
    where covered >= getvariable('minimum_coverage') * residents
)

from sums
union all by name
select * exclude (is_open)
from own
anti join sums using (indicator, territory, period)
order by indicator, territory, period
