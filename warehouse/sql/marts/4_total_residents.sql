-- One row per territory: its residents today.
select
    territory,
    sum(residents) as residents
from place
join residents using (member)
group by all
