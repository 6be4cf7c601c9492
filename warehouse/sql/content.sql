-- One row: a digest of the rows of `$table`, whatever their order and the layout of the file; the
-- time when a file was fetched does not count.
with contents as (select columns(lambda c: c != 'fetched') from query_table($table))

select sha256(concat_ws(' ', count(*), sum(hash(contents)), bit_xor(hash(contents)))) from contents
