-- severity: error
-- it: un dato oscurato o mancante che ha un valore
-- en: a suppressed or missing figure that has a value
-- A suppressed figure that has a value, or a figure of a municipality with no part behind it.
select indicator, territory, period, numerator, value, obs_status
from observation
where (obs_status = 'Q' and value is not null)
    or (obs_status != 'Q' and value is null and denominator is distinct from 0)
