-- One row per current municipality and territory that it counts in: itself, its zone and the
-- zone's parent. Metropolitan city, region and country count as themselves where a source has
-- figures of theirs; `is_sum` tells a territory made of its municipalities.
with today as (
    select
        municipality,
        zone
    from territory_membership
    where is_valid_on(valid_from, valid_to, getvariable('today'))
),

places as (
    select
        municipality as member,
        municipality as territory
    from today
    union all
    select
        municipality,
        zone
    from today
    union all
    select
        today.municipality,
        zone.parent
    from today
    join territory as zone on zone.territory = today.zone
    where zone.parent is not null
    union all
    select
        territory,
        territory
    from territory
    where level in ('metro', 'region', 'country')
)

select
    member,
    territory,
    level,
    level in ('zone', 'metro') and member != territory as is_sum
from places
join territory using (territory)
