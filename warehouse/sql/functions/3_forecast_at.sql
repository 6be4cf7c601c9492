-- One row per open milestone: between which days it is likely to end. What is left of it is taken
-- at the pace of the finished milestones of the same kind (of all kinds, if they are too few). Pace
-- is days taken over days planned: 1.2 is a fifth longer.
create macro forecast_at(day) as table
    with finished as (
        select
            kind,
            date_diff('day', actual_start, actual_end)
            / greatest(date_diff('day', baseline_start, baseline_end), 1) as pace
        from step_at(day)
        where actual_start is not null and actual_end is not null
    ),

    paces as (
        select
            kind,
            count(*) as sample,
            quantile_cont(pace, range_low()) as pace_low,
            quantile_cont(pace, range_high()) as pace_high
        from finished
        group by grouping sets ((kind), ())
        having count(*) >= (select sample_steps from progress_rule())
    ),

    of_kind as (select * from paces where kind is not null),

    of_all as (select * from paces where kind is null order by sample desc limit 1),

    step as (
        select
            *,
            greatest(day, coalesce(actual_start, baseline_start)) as resumes,
            (1 - coalesce(completed, 0))
            * date_diff('day', baseline_start, baseline_end) as days_left
        from step_at(day)
        where actual_end is null
    )

    select
        s.project,
        s.milestone,
        s.kind,
        k.kind is null as of_all_kinds,
        coalesce(k.sample, a.sample) as sample,
        coalesce(k.pace_low, a.pace_low) as pace_low,
        coalesce(k.pace_high, a.pace_high) as pace_high,
        s.resumes + round(s.days_left * coalesce(k.pace_low, a.pace_low))::int as end_low,
        s.resumes + round(s.days_left * coalesce(k.pace_high, a.pace_high))::int as end_high
    from step as s
    cross join of_all as a
    left join of_kind as k on k.kind = s.kind
