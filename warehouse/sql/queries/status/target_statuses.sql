-- One row per indicator, territory and target: where the last value stands.
from target_status
order by indicator, territory, target
