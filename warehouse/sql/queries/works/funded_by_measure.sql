-- One row per measure: the funded works of one policy area (or all), each work once; its name as
-- the newest extraction has it.
select
    measure_code,
    arg_max(measure, (extracted, measure)) as measure,
    count(*) as projects,
    sum(funding) as funding,
    sum(paid) as paid,
    sum(paid) / nullif(sum(funding) filter (where paid is not null), 0) as paid_share
from matching_funded_works($area, null, null, null)
where funding is not null
group by measure_code, if(measure_code is null, measure, null)
order by funding desc
