-- Grain: indicator, territory, two of its periods of which at least one is incomplete.
-- Both values over the municipalities that have a figure in both periods, so that a change is
-- never one of the municipalities counted; and the share of residents behind each of them.
with observed as (
    select indicator, territory, period, coverage
    from observation
    semi join (from place where is_sum) as sums using (territory)
    where value is not null
),

pairs as (
    select indicator, territory, old.period as before, new.period as after,
        old.coverage as coverage_before, new.coverage as coverage_after
    from observed as old
    join observed as new using (indicator, territory)
    where period_start(old.period) < period_start(new.period)
        and length(old.period) = length(new.period)
        and least(old.coverage, new.coverage) < 1
),

common as (
    select pairs.*, place.member, old.numerator as numerator_before,
        old.denominator as denominator_before, new.numerator, new.denominator
    from pairs
    join place using (territory)
    join observation as old on old.indicator = pairs.indicator
        and old.territory = place.member and old.period = pairs.before
    join observation as new on new.indicator = pairs.indicator
        and new.territory = place.member and new.period = pairs.after
    where old.numerator is not null and new.numerator is not null
        and old.value is not null and new.value is not null
),

sums as (
    select indicator, territory, before, after, coverage_before, coverage_after,
        sum(numerator_before) as numerator_before, sum(denominator_before) as denominator_before,
        sum(numerator) as numerator, sum(denominator) as denominator,
        sum(residents) as residents, count(*) as municipalities
    from common
    join residents using (member)
    group by all
),

everybody as (
    select territory, sum(residents) as residents
    from place
    join residents using (member)
    where is_sum
    group by all
)

select indicator, territory, before, after,
    if(aggregate = 'sum', numerator_before,
        multiplier * numerator_before / nullif(denominator_before, 0)) as value_before,
    if(aggregate = 'sum', sums.numerator,
        multiplier * sums.numerator / nullif(sums.denominator, 0)) as value_after,
    coverage_before, coverage_after,
    sums.residents / everybody.residents as coverage_common,
    municipalities
from sums
join indicator as declared using (indicator)
join everybody using (territory)
where aggregate != 'none'
