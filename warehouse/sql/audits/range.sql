-- severity: error
-- it: un valore fuori dall’intervallo dichiarato
-- en: a value outside its declared range
select
    indicator,
    territory,
    period,
    value,
    range_low,
    range_high
from observation
join indicator using (indicator)
where value < range_low or value > range_high
