-- One row per funded work with its codes, for search.
select
    project,
    cup,
    local_code,
    title_it as title
from project
where level = 'funded'
order by project
