-- One row per territory and period of the indicators in `wanted` that differs from the published
-- release (`before`). A value changed by another formula or membership is not a revision.
with compared as (
    select
        indicator,
        territory,
        period,
        old.value as before,
        new.value as after,
        old.obs_status as status_before,
        new.obs_status as status_after,
        old.indicator is null as is_new,
        new.indicator is null as is_dropped
    from before as old
    full join observation_now as new using (indicator, territory, period)
),

formula as (
    select indicator
    from wanted
    join past.indicator as old using (indicator)
    where row(
            wanted.aggregate, wanted.numerator, wanted.denominator, wanted.weight,
            wanted.align, wanted.multiplier
        )
        is distinct from row(
            old.aggregate, old.numerator, old.denominator, old.weight,
            old.align, old.multiplier
        )
),

-- periods with a declared break that was not, or is no longer, declared
breaks as (
    select
        indicator,
        period
    from (from annotation semi join wanted using (indicator)) as new
    full join (from past.annotation semi join wanted using (indicator)) as old
        using (indicator, period)
    where new.it is null or old.it is null
),

-- the territories made of other municipalities than before
moved as (
    select distinct coalesce(old.territory, new.territory) as territory
    from past.place as old
    full join place as new using (member, territory)
    where old.member is null or new.member is null
),

periods as (
    select distinct
        indicator,
        period
    from before
)

select
    indicator,
    territory,
    period,
    case
        when (is_new or is_dropped or differs(before, after)) and periods.indicator is not null
            and formula.indicator is not null then 'method'
        when (is_new or is_dropped or differs(before, after)) and periods.indicator is not null
            and moved.territory is not null then 'boundary'
        when is_dropped then 'dropped'
        when is_new and periods.indicator is null then 'new_period'
        when is_new or differs(before, after) then 'revised'
        when breaks.indicator is not null then 'method'
        else 'status'
    end as kind,
    before,
    after
from compared
left join formula using (indicator)
left join periods using (indicator, period)
left join breaks using (indicator, period)
left join moved using (territory)
where is_new or is_dropped or differs(before, after) or status_before != status_after
    or breaks.indicator is not null
order by indicator, territory, period
