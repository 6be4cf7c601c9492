-- What the observations of every indicator are made of, as one digest: its declaration with the
-- breaks, what its variables say, the places and residents, the thresholds, and how it is computed.
with common as (
    select concat_ws(' ',
        (select concat_ws(' ', count(*), sum(hash(p)), bit_xor(hash(p))) from place as p),
        (select concat_ws(' ', count(*), sum(hash(r)), bit_xor(hash(r))) from residents as r),
        getvariable('minimum_coverage'),
        $code
    ) as said
),

breaks as (
    select indicator, string_agg(period, ' ' order by period) as periods
    from annotation
    group by all
)

select i.indicator, sha256(concat_ws(' | ',
    i::varchar,
    coalesce(breaks.periods, ''),
    coalesce(x::varchar, ''),
    coalesce(y::varchar, ''),
    common.said
)) as fingerprint
from indicator as i
cross join common
left join breaks on breaks.indicator = i.indicator
left join said as x on x.variable = i.numerator
left join said as y on y.variable = coalesce(i.denominator, i.weight)
