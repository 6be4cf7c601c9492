-- severity: error
-- Words of an indicator or dataset that were never written: the dots of `etl add` stand there.
select file, field from unwritten
