-- severity: error
-- it: un Comune fuori da una zona, o in due
-- en: a municipality outside any zone, or in two
-- A municipality of today that is not in one zone, or not in the zone that its parent says.
select territory, parent, list(zone) as zones
from territory
left join territory_membership as m
    on m.municipality = territory
    and getvariable('today') between coalesce(m.valid_from, '0001-01-01'::date)
        and coalesce(m.valid_to, '9999-12-31'::date)
where level = 'municipality'
    and getvariable('today') between coalesce(territory.valid_from, '0001-01-01'::date)
        and coalesce(territory.valid_to, '9999-12-31'::date)
group by all
having list(zone) is distinct from [parent]
