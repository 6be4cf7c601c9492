-- severity: warning
-- it: valori possibili ma improbabili, da guardare
-- en: values possible but unlikely, to be looked at
-- A value that is possible but unlikely: to be looked at before it is shown to anybody.
select indicator, territory, period, value, plausible_low, plausible_high
from observation
join indicator using (indicator)
where value < plausible_low or value > plausible_high
