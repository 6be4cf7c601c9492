-- severity: error
-- The keys of `$table` that stand more than once.
select columns(lambda c: list_contains($key, c)), count(*) as rows
from query_table($table)
group by all
having count(*) > 1
