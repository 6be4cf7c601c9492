-- One row per municipality: how many funded works it has, and their money: all of a work in one
-- municipality, the declared share of a work in several, nothing if no share is declared.
select
    p.territory,
    count(*) as projects,
    count(*) filter (where p.share is null and w.funding is not null) as unshared,
    sum(w.funding * p.share) as funding,
    sum(w.paid * p.share) as paid
from selected_funded_works(
    $area, $state, $dataset, $text, null, $body, $measure, $place,
    $funding_from, $funding_to, $paid_from, $paid_to, $share_from, $share_to
) as w
join project_place as p using (project)
join territory as t on t.territory = p.territory and t.level = 'municipality'
group by p.territory
order by p.territory
