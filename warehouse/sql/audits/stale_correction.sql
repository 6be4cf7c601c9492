-- severity: warning
-- it: una correzione che non serve più
-- en: a correction that is not needed any more
-- A correction whose guard no longer holds: the file does not say the wrong figure any more, and
-- what it says stands. Look at it, then take the correction out of the catalogue.
select dataset, variable, territory, period, expected, found, corrected
from correction
where not applied
