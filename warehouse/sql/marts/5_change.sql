-- What differs from the published release (`before`); nothing where there is none.
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
    full join observation as new using (indicator, territory, period)
),

periods as (select distinct indicator, period from before)

select
    indicator,
    territory,
    period,
    case
        when is_gone then 'dropped'
        when is_new and periods.indicator is null then 'new_period'
        when is_new or differs(before, after) then 'revised'
        else 'status'
    end as kind,
    before,
    after
from joined
left join periods using (indicator, period)
where exists (from before)
    and (is_new or is_gone or differs(before, after) or status_before != status_after)
