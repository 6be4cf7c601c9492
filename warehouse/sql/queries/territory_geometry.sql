-- The outline of every territory that has one, as GeoJSON.
SELECT territory, geometry
FROM territory_geometry
ORDER BY territory
