-- One row per indicator and territory of the given levels: what may be said of it, and why.
select status.*
from status
join territory using (territory)
where list_contains($levels, level)
order by indicator, territory
