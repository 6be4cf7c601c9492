-- One row per territory of an indicator: what may be said of it, and why.
from status
where indicator = $indicator
order by territory
