-- severity: error
-- A value outside the range that its indicator declares.
select indicator, territory, period, value, range_low, range_high
from observation
join indicator using (indicator)
where value < range_low or value > range_high
