-- One row per tender (CIG) of one $project.
select
    cig,
    title,
    amount,
    published,
    demonstration
from procedure
where project = $project
order by published, cig
