-- severity: warning
-- it: una correzione non applicata: il file non ha più la cifra sbagliata
-- en: a correction not applied: the file no longer has the wrong figure
-- Check what the file has now, then remove the correction from the catalogue.
select
    dataset,
    variable,
    territory,
    period,
    expected,
    found,
    corrected
from correction
where not applied
