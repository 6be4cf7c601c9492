-- Between which days every milestone is likely to end, from how late the finished milestones of
-- the same kind were (of all kinds, where there are too few), with the sample behind it.
create macro forecast_at(day) as table
with finished as (select kind, lateness from step_at(day) where lateness is not null),

of_kind as (
    select
        kind,
        count(*) as sample,
        quantile_cont(lateness, range_low()) as low,
        quantile_cont(lateness, range_high()) as high
    from finished
    group by kind
    having count(*) >= (select sample_steps from progress_rule())
),

of_all as (
    select
        count(*) as sample,
        quantile_cont(lateness, range_low()) as low,
        quantile_cont(lateness, range_high()) as high
    from finished
)

select
    s.project,
    s.milestone,
    s.kind,
    k.kind is null as of_all_kinds,
    coalesce(k.sample, a.sample) as sample,
    coalesce(k.low, a.low) as late_low,
    coalesce(k.high, a.high) as late_high,
    greatest(day, s.baseline_end + coalesce(k.low, a.low)::int) as end_low,
    greatest(day, s.baseline_end + coalesce(k.high, a.high)::int) as end_high
from step_at(day) as s
cross join of_all as a
left join of_kind as k on k.kind = s.kind
where s.actual_end is null
    and a.sample >= (select sample_steps from progress_rule())
