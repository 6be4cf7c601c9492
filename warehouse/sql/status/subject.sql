-- One row per indicator: what judging needs of its declaration.
select
    i.indicator,
    better,
    decimals,
    multiplier,
    aggregate,
    variable.unit,
    i.unit = 'percent' and multiplier = 100 and coalesce(range_high = 100, false) as is_share,
    nominal,
    floor,
    coalesce(
        (select list(period) from annotation where annotation.indicator = i.indicator), []
    ) as breaks
from indicator as i
left join variable on variable.dataset || '.' || variable.variable = i.numerator
