-- Which municipality counts in which territory, in the perimeter of today: itself, its zone and
-- the zone's parent. Regions and the country, where a source has them, stand for themselves.
with today as (
    select municipality, zone
    from territory_membership
    where getvariable('today') between coalesce(valid_from, '0001-01-01'::date)
        and coalesce(valid_to, '9999-12-31'::date)
),

places as (
    select municipality as member, municipality as territory from today
    union all
    select municipality, zone from today
    union all
    select today.municipality, zone.parent
    from today
    join territory as zone on zone.territory = today.zone
    where zone.parent is not null
    union all
    select territory, territory from territory where level in ('region', 'country')
)

select member, territory, level, level in ('zone', 'metro') as is_sum
from places
join territory using (territory)
