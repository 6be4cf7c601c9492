-- severity: error
-- A figure of a place that is not declared, or of a municipality that is no more.
select dataset, variable, territory, count(*) as rows
from component
anti join place on place.member = component.territory
group by all
