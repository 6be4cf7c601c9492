-- One row per indicator of the batch, territory and two of its periods of which one is incomplete:
-- both values over the municipalities that have a figure in both, so that a change is never a
-- change of the municipalities counted; and the share of residents behind each of them.
with observed as (
    select
        indicator,
        territory,
        period,
        coverage
    from observation_now
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

-- the municipalities of every indicator that has such a pair
municipal as (
    select
        indicator,
        territory as member,
        period,
        numerator,
        denominator,
        residents
    from observation_now as o
    semi join pairs using (indicator)
    join residents on residents.member = o.territory
    where value is not null and numerator is not null
),

-- materialized: computed before it is joined, when it has few rows
gap as materialized (
    select
        member.indicator,
        member,
        period
    from (select distinct indicator, member from municipal) as member
    join (select distinct indicator, period from observed) as period using (indicator)
    anti join municipal using (indicator, member, period)
),

-- over all municipalities with a figure in `period`
total as (
    select
        indicator,
        territory,
        period,
        sum(numerator order by member) as numerator,
        sum(denominator order by member) as denominator,
        sum(residents order by member) as residents,
        count(*) as municipalities
    from municipal
    join place using (member)
    where is_sum
    group by all
),

-- over those of them without a figure in `other`: few, so that not all pairs need all figures
lone as (
    select
        indicator,
        territory,
        municipal.period,
        gap.period as other,
        sum(numerator order by member) as numerator,
        sum(denominator order by member) as denominator,
        sum(residents order by member) as residents,
        count(*) as municipalities
    from gap
    join municipal using (indicator, member)
    join place using (member)
    where is_sum
    group by all
),

common as (
    select
        pairs.*,
        old.numerator - coalesce(only_old.numerator, 0) as numerator_before,
        old.denominator - coalesce(only_old.denominator, 0) as denominator_before,
        new.numerator - coalesce(only_new.numerator, 0) as numerator_after,
        new.denominator - coalesce(only_new.denominator, 0) as denominator_after,
        old.residents - coalesce(only_old.residents, 0) as common_residents,
        old.municipalities - coalesce(only_old.municipalities, 0) as municipalities
    from pairs
    join total as old
        on old.indicator = pairs.indicator and old.territory = pairs.territory
            and old.period = before
    join total as new
        on new.indicator = pairs.indicator and new.territory = pairs.territory
            and new.period = after
    left join lone as only_old
        on only_old.indicator = pairs.indicator and only_old.territory = pairs.territory
            and only_old.period = before and only_old.other = after
    left join lone as only_new
        on only_new.indicator = pairs.indicator and only_new.territory = pairs.territory
            and only_new.period = after and only_new.other = before
)

select
    common.indicator,
    common.territory,
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
from common
join wanted as i on i.indicator = common.indicator
join total_residents on total_residents.territory = common.territory
where i.aggregate != 'none' and municipalities > 0
order by common.indicator, common.territory, before, after
