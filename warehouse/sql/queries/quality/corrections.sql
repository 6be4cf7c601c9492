-- One row per figure of a provider that is known to be wrong, applied where it still was.
select
    dataset || '.' || variable as variable,
    territory,
    period,
    expected,
    corrected,
    applied,
    status,
    reason_it,
    reason_en
from correction
order by all
