-- One row per indicator, variable, period and file that the indicator is computed from. The figures
-- are counted before they are joined, and of all indicators at once: the table is read once.
with part as (
    select distinct indicator, unnest([numerator, denominator, weight]) as name
    from indicator
),
figure as (
    select dataset, variable, period, snapshot, count(*) as figures
    from component
    group by all
)
select
    p.indicator,
    f.variable,
    f.period,
    s.file,
    s.address,
    s.licence,
    f.snapshot as sha256,
    f.figures
from figure as f
join snapshot as s using (snapshot, dataset)
join part as p on p.name = f.dataset || '.' || f.variable
order by p.indicator, f.variable, f.period, s.file
