-- One row per territory that has an outline, as GeoJSON.
select
    territory,
    geometry
from territory_geometry
order by territory
