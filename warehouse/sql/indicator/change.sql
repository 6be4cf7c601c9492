-- What differs from the published release (`before`), of one indicator; nothing where there is
-- none. A value that another formula or another membership made is no revision of the source.
with joined as (
    select
        indicator,
        territory,
        period,
        old.value as before,
        new.value as after,
        old.obs_status as status_before,
        new.obs_status as status_after,
        old.indicator is null as is_new,
        new.indicator is null as is_gone
    from before as old
    full join observation_now as new using (indicator, territory, period)
),

formula as (
    select count(*) > 0 as is_other
    from wanted
    join past.indicator as old using (indicator)
    where row(wanted.aggregate, wanted.numerator, wanted.denominator, wanted.weight,
            wanted.align, wanted.multiplier)
        is distinct from row(old.aggregate, old.numerator, old.denominator, old.weight,
            old.align, old.multiplier)
),

-- periods at which a break is declared that was not, or no more
breaks as (
    select indicator, period
    from (from annotation semi join wanted using (indicator)) as new
    full join (from past.annotation semi join wanted using (indicator)) as old
        using (indicator, period)
    where new.it is null or old.it is null
),

-- the places made of other municipalities than before
moved as (
    select distinct coalesce(old.territory, new.territory) as territory
    from past.place as old
    full join place as new using (member, territory)
    where old.member is null or new.member is null
),

periods as (select distinct indicator, period from before)

select
    indicator,
    territory,
    period,
    case
        when (is_new or is_gone or differs(before, after)) and periods.indicator is not null
            and formula.is_other then 'method'
        when (is_new or is_gone or differs(before, after)) and periods.indicator is not null
            and moved.territory is not null then 'boundary'
        when is_gone then 'dropped'
        when is_new and periods.indicator is null then 'new_period'
        when is_new or differs(before, after) then 'revised'
        when breaks.indicator is not null then 'method'
        else 'status'
    end as kind,
    before,
    after
from joined
cross join formula
left join periods using (indicator, period)
left join breaks using (indicator, period)
left join moved using (territory)
where getvariable('has_before')
    and (is_new or is_gone or differs(before, after) or status_before != status_after
        or breaks.indicator is not null)
