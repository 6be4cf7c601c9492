-- severity: error
-- it: un dato oscurato che ha un valore, o un valore che manca senza essere oscurato
-- en: a suppressed figure that has a value, or a value that is missing though not suppressed
-- A ratio over a denominator of zero has no value, rightly.
select
    indicator,
    territory,
    period,
    numerator,
    value,
    obs_status
from observation
where (obs_status = 'Q' and value is not null)
    or (obs_status != 'Q' and value is null and denominator is distinct from 0)
