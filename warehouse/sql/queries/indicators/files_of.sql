-- One row per variable, period and file that one indicator is computed from.
select
    c.variable,
    c.period,
    s.file,
    s.address,
    s.licence,
    s.snapshot as sha256,
    count(*) as figures
from component as c
join snapshot as s using (snapshot, dataset)
semi join (
    select unnest([numerator, denominator, weight]) as name from indicator
    where indicator = $indicator
) as part on part.name = c.dataset || '.' || c.variable
group by all
order by c.variable, c.period
