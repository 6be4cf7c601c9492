-- One row per indicator of one project.
select
    p.indicator,
    i.area
from project_indicator as p
join indicator as i using (indicator)
where p.project = $project
order by p.indicator
