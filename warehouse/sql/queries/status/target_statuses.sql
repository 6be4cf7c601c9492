-- One row per territory and target of an indicator: where its value stands.
from target_status
where indicator = $indicator
order by territory, target
