-- One row per indicator, territory and two of its periods of which one is incomplete: both values
-- over the municipalities that have a figure in both, so that a change is never a change of the
-- municipalities counted; and the share of residents behind each of them.
with observed as (
    select
        indicator,
        territory,
        period,
        coverage
    from observation
    semi join (select territory from place where is_sum) as sums using (territory)
    where value is not null
),

pairs as (
    select
        old.indicator,
        old.territory,
        old.period as before,
        new.period as after,
        old.coverage as coverage_before,
        new.coverage as coverage_after
    from observed as old
    join observed as new
        on new.indicator = old.indicator and new.territory = old.territory
            and length(new.period) = length(old.period)
            and period_start(new.period) > period_start(old.period)
    where least(old.coverage, new.coverage) < 1
),

municipal as (
    select
        indicator,
        territory as member,
        period,
        numerator,
        denominator
    from observation
    where value is not null
        and numerator is not null
),

sums as (
    select
        pairs.*,
        sum(old.numerator) as numerator_before,
        sum(old.denominator) as denominator_before,
        sum(new.numerator) as numerator_after,
        sum(new.denominator) as denominator_after,
        sum(residents.residents) as common_residents,
        count(*) as municipalities
    from pairs
    join place on place.territory = pairs.territory and place.is_sum
    join municipal as old
        on old.indicator = pairs.indicator and old.member = place.member
            and old.period = pairs.before
    join municipal as new
        on new.indicator = pairs.indicator and new.member = place.member
            and new.period = pairs.after
    join residents on residents.member = place.member
    group by all
)

select
    sums.indicator,
    sums.territory,
    before,
    after,
    i.multiplier * numerator_before
    / if(i.aggregate = 'sum', 1, nullif(denominator_before, 0)) as value_before,
    i.multiplier * numerator_after
    / if(i.aggregate = 'sum', 1, nullif(denominator_after, 0)) as value_after,
    coverage_before,
    coverage_after,
    common_residents / total_residents.residents as coverage_common,
    municipalities
from sums
join indicator as i on i.indicator = sums.indicator
join total_residents on total_residents.territory = sums.territory
where i.aggregate != 'none'
