-- One digest of what `$table` says, whatever the order of its rows and the layout of its file;
-- when a file was fetched does not change what it says.
with said as (select columns(lambda c: c != 'fetched') from query_table($table))

select sha256(concat_ws(' ', count(*), sum(hash(said)), bit_xor(hash(said)))) from said
