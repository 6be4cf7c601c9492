-- One row per indicator, zone (or metropolitan city) and period: the share of residents whose
-- municipality has a value.
select
    indicator,
    territory,
    t.name,
    t.position,
    period,
    coverage
from observation
join territory as t using (territory)
where t.level in ('zone', 'metro')
