-- One row per project of the plan in a zone or municipality, the local ones first; projects of the
-- whole metropolitan city are in every territory.
select
    p.project,
    p.level,
    p.number,
    p.title_it,
    coalesce(p.title_en, p.title_it) as title_en,
    p.short_it,
    p.short_en,
    bool_or(t.level != 'metro') as local,
    p.demonstration
from project as p
join project_place as l using (project)
join territory as t using (territory)
where
    p.level != 'funded'
    and (
        t.level = 'metro'
        or t.territory = $territory
        or t.parent = $territory
        or t.territory = (
            select home.parent from territory as home where home.territory = $territory
        )
    )
group by all
order by local desc, p.level desc, p.number
