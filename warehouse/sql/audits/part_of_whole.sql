-- severity: error
-- it: una quota la cui parte supera il tutto
-- en: a share whose part exceeds its whole
select
    o.indicator,
    o.territory,
    o.period,
    o.numerator,
    o.denominator
from observation as o
join indicator as i using (indicator)
where i.aggregate = 'ratio'
    and i.unit = 'percent'
    and i.multiplier = 100
    and i.range_high = 100
    and o.numerator > o.denominator
