-- severity: error
-- it: due righe con la stessa chiave
-- en: two rows with the same key
-- The keys of `$table` that stand more than once; rows of one key stand side by side.
with said as (
    select row(*columns(lambda c: list_contains($key, c))) as key
    from query_table($table)
),

pairs as (select key, key = lag(key) over () as is_again from said)

select key, count(*) + 1 as rows from pairs where is_again group by key
