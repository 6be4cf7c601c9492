-- One row per territory of an indicator: its status, and why.
from status
where indicator = $indicator
order by territory
