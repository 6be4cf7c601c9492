-- severity: error
-- A suppressed figure that has a value, or a figure of a municipality with no part behind it.
select indicator, territory, period, numerator, value, obs_status
from observation
where (obs_status = 'Q' and value is not null)
    or (obs_status != 'Q' and value is null and denominator is distinct from 0)
