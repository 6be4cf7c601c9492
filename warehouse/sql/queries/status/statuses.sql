-- One row per indicator and territory of the given levels: its status, and why.
select status.*
from status
join territory using (territory)
where list_contains($levels, level)
order by indicator, territory
