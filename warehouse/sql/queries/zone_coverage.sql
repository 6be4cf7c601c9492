-- The share of residents that the values of zones and of the metropolitan city speak of.
select indicator, territory, t.name, t.position, period, coverage
from observation
join territory as t using (territory)
where t.level in ('zone', 'metro')
