-- One row per indicator and territory of the given ones: its status, and why.
from status
where list_contains($territories, territory)
order by indicator, territory
