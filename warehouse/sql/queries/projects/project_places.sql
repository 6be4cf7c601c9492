-- One row per place of one project; `share` of its money is null if not declared.
select
    p.territory,
    t.name,
    t.level,
    p.share
from project_place as p
join territory as t using (territory)
where p.project = $project
order by t.position, t.name
