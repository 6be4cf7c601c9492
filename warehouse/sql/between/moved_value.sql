-- One row per indicator and territory whose values are others than in an earlier release (schema
-- past), under the strongest kind that applies: method, boundary, new_period, revised, dropped,
-- status. `usual` is the mean size of the earlier release's changes over as many `steps`, from
-- `pairs` of values of one method; from fewer than three, that of one step times the steps.
-- `ratio` is the difference against it, or against half a unit of the last printed decimal where
-- the series hardly ever moves. A series of another method or of other municipalities has no
-- ratio: its values cannot be compared.
with old as (
    select
        indicator,
        territory,
        period,
        value,
        obs_status,
        row_number() over series as position,
        row_number() over series = count(*) over (partition by indicator, territory) as is_last
    from past.observation
    where value is not null
    window series as (partition by indicator, territory order by period_start(period))
),

new as (
    select
        indicator,
        territory,
        period,
        value,
        obs_status,
        row_number() over series as position,
        row_number() over series = count(*) over (partition by indicator, territory) as is_last
    from observation
    where value is not null
    window series as (partition by indicator, territory order by period_start(period))
),

last as (
    select
        indicator,
        territory,
        old.period as old_period,
        old.value as old_value,
        new.period as new_period,
        new.value as new_value,
        greatest(1, new.position - coalesce(same.position, new.position - 1)) as steps
    from (from old where is_last) as old
    full join (from new where is_last) as new using (indicator, territory)
    left join new as same
        on same.indicator = old.indicator and same.territory = old.territory
            and same.period = old.period
),

cell as (
    select
        indicator,
        territory,
        period,
        old.value as before,
        new.value as after,
        case
            when new.value is null then 'dropped'
            when old.value is null
                and (old_period is null or period_start(period) > period_start(old_period))
                then 'new_period'
            when old.value is null or differs(old.value, new.value) then 'revised'
            else 'status'
        end as kind
    from old
    full join new using (indicator, territory, period)
    join last using (indicator, territory)
    where old.value is null
        or new.value is null
        or differs(old.value, new.value)
        or old.obs_status is distinct from new.obs_status
),

formula as (
    select indicator
    from indicator as new
    join past.indicator as old using (indicator)
    where row(
            new.aggregate, new.numerator, new.denominator, new.weight, new.align, new.multiplier
        )
        is distinct from row(
            old.aggregate, old.numerator, old.denominator, old.weight, old.align, old.multiplier
        )
),

-- breaks that were not, or are no longer, declared
other_break as (
    select
        indicator,
        period
    from annotation as new
    full join past.annotation as old using (indicator, period)
    where new.it is null or old.it is null
),

-- territories that are made of other municipalities than before
other_place as (
    select distinct coalesce(old.zone, new.zone) as territory
    from past.territory_membership as old
    full join territory_membership as new using (municipality, zone, valid_from)
    where old.zone is null or new.zone is null or old.valid_to is distinct from new.valid_to
),

-- series with a value on each side of such a break, or of any break since the last value
broken as (
    select distinct
        indicator,
        territory
    from new
    join other_break using (indicator)
    group by indicator, territory, other_break.period
    having bool_or(period_start(new.period) < period_start(other_break.period))
        and bool_or(period_start(new.period) >= period_start(other_break.period))
    union
    select
        indicator,
        territory
    from last
    join annotation using (indicator)
    where period_start(period) > period_start(old_period)
        and period_start(period) <= period_start(new_period)
),

difference as (
    select
        indicator,
        territory,
        count(cell.period) as cells,
        count(*) filter (cell.kind = 'revised') as revised,
        case
            when broken.indicator is not null
                or formula.indicator is not null and bool_or(cell.kind != 'status') then 'method'
            when other_place.territory is not null and bool_or(cell.kind = 'revised')
                then 'boundary'
            when bool_or(cell.kind = 'new_period') then 'new_period'
            when bool_or(cell.kind = 'revised') then 'revised'
            when bool_or(cell.kind = 'dropped') then 'dropped'
            else 'status'
        end as kind
    from (select distinct indicator, territory from cell union from broken) as series
    left join cell using (indicator, territory)
    left join broken using (indicator, territory)
    left join formula using (indicator)
    left join other_place using (territory)
    group by indicator, territory, broken.indicator, formula.indicator, other_place.territory
),

-- the cell that stands for all of a revision: the one that differs most, the newest of equals
chosen as (
    select
        indicator,
        territory,
        cell.kind,
        arg_max(
            struct_pack(period, before, after),
            struct_pack(
                size := coalesce(abs(after - before), 0),
                day := period_start(period)
            )
        ) as cell
    from cell
    group by indicator, territory, cell.kind
),

moved as (
    select
        d.*,
        d.kind in ('revised', 'dropped', 'status') as is_same_period,
        if(is_same_period, c.cell.period, l.old_period) as period_before,
        if(is_same_period, c.cell.period, l.new_period) as period_after,
        if(is_same_period, c.cell.before, l.old_value) as before,
        if(is_same_period, c.cell.after, l.new_value) as after,
        if(is_same_period, 1, l.steps) as steps
    from difference as d
    join last as l using (indicator, territory)
    left join chosen as c using (indicator, territory, kind)
),

-- changes between values of one method in the earlier release, one step and `steps` apart
earlier_change as (
    select
        indicator,
        territory,
        b.position - a.position as steps,
        abs(b.value - a.value) as size
    from moved
    join old as a using (indicator, territory)
    join old as b
        on b.indicator = a.indicator and b.territory = a.territory
            and b.position - a.position in (1, moved.steps)
    where not exists (
        from annotation
        where annotation.indicator = a.indicator
            and period_start(annotation.period) > period_start(a.period)
            and period_start(annotation.period) <= period_start(b.period)
    )
),

usual as (
    select
        indicator,
        territory,
        moved.steps,
        count(*) filter (change.steps = moved.steps) as pairs,
        if(
            pairs >= 3,
            avg(size) filter (change.steps = moved.steps),
            moved.steps * avg(size) filter (change.steps = 1)
        ) as usual
    from moved
    join earlier_change as change using (indicator, territory)
    group by indicator, territory, moved.steps
    having count(*) filter (change.steps = 1) >= 3
)

select
    indicator,
    territory,
    kind,
    period_before,
    period_after,
    before,
    after,
    cells,
    revised,
    steps,
    usual,
    pairs,
    if(
        kind in ('method', 'boundary') or usual is null,
        null,
        abs(after - before) / greatest(usual, 0.5 * power(10, -coalesce(decimals, 0)))
    ) as ratio
from moved
left join usual using (indicator, territory, steps)
left join indicator using (indicator)
order by ratio desc nulls last, indicator, territory
