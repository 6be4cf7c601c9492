-- One row per territory and period of the indicator in `wanted`: municipalities, zones and the
-- metropolitan city. A territory's figure is made of the sums of its municipalities' parts, never
-- of their rates; the metropolitan city has a published figure only where there is no such sum.
with cell as (
    select
        part.*,
        place.territory as place,
        place.is_sum,
        place.level,
        wanted.aggregate,
        -- a municipality's own mean needs no weight, and a sum or a plain value no denominator
        wanted.aggregate = 'ratio'
        or (wanted.aggregate = 'weighted_mean' and place.is_sum) as needs_y,
        x is not null and (y is not null or not needs_y) as is_known,
        greatest(
            status_rank(x_status),
            if(needs_y, greatest(status_rank(y_status), status_rank(if(shifted, 'E', 'A'))), 1),
            -- rates weighted with figures that are not their own denominators are an estimate
            status_rank(if(
                wanted.aggregate = 'weighted_mean' and place.is_sum and not wanted.exact
                and dataset_of(wanted.weight) != dataset_of(wanted.numerator), 'E', 'A'
            ))
        ) as rank
    from part_now as part
    cross join wanted
    join place on place.member = part.territory
    where wanted.aggregate != 'none' or not place.is_sum
),

totals as (
    select
        place as territory,
        period,
        is_sum,
        level,
        sum(if(aggregate = 'weighted_mean', x * y, x)) filter (is_known) as numerator,
        sum(y) filter (is_known) as denominator,
        any_value(x) as municipal_value,
        coalesce(sum(residents) filter (is_known), 0) as covered,
        coalesce(bool_or(is_known), false) as is_known,
        bool_or(not is_known and 'Q' in (x_status, if(needs_y, y_status, null))) as suppressed,
        max(rank) filter (is_known) as rank,
        count(*) filter (is_known and is_hidden) as hidden
    from cell
    left join residents on residents.member = cell.territory
    group by all
),

-- A hidden figure that is the only one of its zone would be the zone's less the others, and such a
-- zone the metropolitan city's less the others.
open_total as (
    select
        *,
        case
            when not is_sum then hidden > 0
            when level = 'zone' then hidden = 1
            else coalesce(
                bool_or(level = 'zone' and hidden = 1) over (partition by period), false
            )
        end as is_hidden
    from totals
)

select
    wanted.indicator,
    territory,
    period,
    if(is_hidden, null, total.numerator) as numerator,
    if(is_hidden, null, total.denominator) as denominator,
    multiplier * case
        when is_hidden then null
        when aggregate = 'ratio' or (aggregate = 'weighted_mean' and is_sum)
            then total.numerator / nullif(total.denominator, 0)
        else if(is_sum, total.numerator, municipal_value)
    end as value,
    if(is_sum, covered / residents, (is_known and not is_hidden)::int) as coverage,
    if(is_known and not is_hidden, status_of(rank), 'Q') as obs_status
from open_total as total
cross join wanted
left join total_residents using (territory)
where (is_known and (not is_sum or covered >= getvariable('minimum_coverage') * residents))
    or (suppressed and not is_sum)
qualify row_number() over (partition by territory, period order by is_sum desc) = 1
