-- severity: warning
-- it: righe delle fonti rifiutate, elencate qui sotto
-- en: rejected rows of the sources, listed below
select
    dataset,
    file,
    rule,
    count(*) as rows
from quarantine group by all
