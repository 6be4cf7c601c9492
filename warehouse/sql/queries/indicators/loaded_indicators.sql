-- One row per indicator that has a value somewhere.
select distinct indicator
from observation
where value is not null
order by indicator
