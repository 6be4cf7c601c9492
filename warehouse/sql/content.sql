-- One digest of what `$table` says, whatever the order of its rows and the layout of its file;
-- when a file was fetched does not change what it says.
with said as (select columns(lambda c: c != 'fetched') from query_table($table))

from said
select sha256(coalesce(string_agg(said::varchar, chr(10) order by said::varchar), ''))
