-- One row per indicator: its status in a territory, and why.
from status
where territory = $territory
order by indicator
