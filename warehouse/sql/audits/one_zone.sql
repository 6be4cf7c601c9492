-- severity: error
-- it: un Comune che oggi non è in una zona sola, o non in quella dichiarata
-- en: a municipality that today is not in exactly one zone, or not in the one it declares
select
    territory,
    parent,
    list(zone) as zones
from territory
left join territory_membership as m
    on m.municipality = territory
        and is_valid_on(m.valid_from, m.valid_to, getvariable('today'))
where level = 'municipality'
    and is_valid_on(territory.valid_from, territory.valid_to, getvariable('today'))
group by all
having list(zone) is distinct from [parent]
