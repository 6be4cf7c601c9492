-- One row per value that differs from the release before.
select *
from change
order by indicator, kind, period desc, territory
