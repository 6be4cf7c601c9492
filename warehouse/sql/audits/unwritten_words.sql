-- severity: error
-- it: un indicatore o una fonte con i puntini al posto delle parole
-- en: an indicator or a source with dots in the place of its words
-- Words of an indicator or dataset that were never written: the dots of `etl add` stand there.
select file, field from unwritten
