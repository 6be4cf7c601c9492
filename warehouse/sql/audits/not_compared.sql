-- severity: error
-- The published release is lost or damaged: nothing tells what this one has less than it.
select 'published release' as missing where getvariable('lost')
