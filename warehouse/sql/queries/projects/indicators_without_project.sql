-- One row per indicator that no project of the plan names.
select
    indicator,
    area
from indicator
anti join (
    select indicator from project_indicator join project using (project) where level != 'funded'
) as named using (indicator)
order by area, indicator
