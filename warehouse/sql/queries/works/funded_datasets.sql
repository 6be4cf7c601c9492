-- One row per dataset that has funded works, and how many.
select
    dataset,
    count(distinct project) as projects,
    max(extracted) as extracted
from extraction
group by dataset
order by projects desc
