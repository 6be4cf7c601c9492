-- One row per indicator and territory that an earlier release (schema past) judged too: direction
-- and target then and now. A target that was declared since has no sign then.
select
    indicator,
    territory,
    old.direction as before,
    new.direction as after,
    if(old.target is not distinct from new.target, old.target_sign, null) as target_before,
    new.target_sign as target_after,
    old.last_period as period_before,
    new.last_period as period_after,
    old.last_value as value_before,
    new.last_value as value_after
from past.status as old
join status as new using (indicator, territory)
where old.direction is distinct from new.direction
    or old.target_sign is distinct from new.target_sign
    or old.last_period is distinct from new.last_period
    or old.last_value is distinct from new.last_value
    or new.target is not null
