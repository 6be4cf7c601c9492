-- One row per current territory, with its outline as GeoJSON if it has one.
select
    t.* exclude (position),
    geometry
from territory as t
left join territory_geometry using (territory)
where valid_to is null
order by position, territory
