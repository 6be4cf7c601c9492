-- One row: what judging needs of the declaration of the indicator in `wanted`.
select
    indicator,
    better,
    decimals,
    multiplier,
    aggregate,
    variable.unit,
    wanted.unit = 'percent' and multiplier = 100 and coalesce(range_high = 100, false) as is_share,
    nominal,
    floor,
    coalesce(
        (select list(period) from annotation where annotation.indicator = wanted.indicator), []
    ) as breaks
from wanted
left join variable on variable.dataset || '.' || variable.variable = wanted.numerator
