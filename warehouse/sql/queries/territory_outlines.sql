-- Every territory of today with its outline as GeoJSON, where it has one of its own.
select t.* exclude (position), geometry
from territory as t
left join territory_geometry using (territory)
where valid_to is null
order by position, territory
