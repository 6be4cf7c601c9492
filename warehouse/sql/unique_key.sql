-- severity: error
-- it: due righe con la stessa chiave
-- en: two rows with the same key
-- Rows with the same key are adjacent in `$table`, as every table is sorted by its key.
with keys as (
    select row(*columns(lambda c: list_contains($key, c))) as key
    from query_table($table)
),

pairs as (
    select
        key,
        key = lag(key) over () as is_repeated
    from keys
)

select
    key,
    count(*) + 1 as rows
from pairs
where is_repeated
group by key
