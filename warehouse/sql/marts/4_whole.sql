-- All the residents that a territory has today.
select territory, sum(residents) as residents
from place
join residents using (member)
group by all
