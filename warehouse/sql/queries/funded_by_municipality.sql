-- Funded works by municipality: how many stand there, and the money that has its place there: all
-- of a work in one municipality, the declared share of one in several, nothing where none is.
select
    p.territory,
    count(*) as projects,
    count(*) filter (where p.share is null and w.funding is not null) as unshared,
    sum(w.funding * p.share) as funding,
    sum(w.paid * p.share) as paid
from funded_found($area, $state, $dataset, $text) as w
join project_place as p using (project)
join territory as t on t.territory = p.territory and t.level = 'municipality'
group by p.territory
order by p.territory
