-- One row per indicator: a digest of what its observations and statuses are computed from: its
-- declaration, breaks and targets, the figures of its variables, those of them that are not
-- published, places, residents, thresholds and code.
with common as (
    select concat_ws(
        ' ',
        (select concat_ws(' ', count(*), sum(hash(p)), bit_xor(hash(p))) from place as p),
        (select concat_ws(' ', count(*), sum(hash(r)), bit_xor(hash(r))) from residents as r),
        getvariable('minimum_coverage'),
        getvariable('complete_coverage'),
        sha256($code)
    ) as digest
),

breaks as (
    select
        indicator,
        string_agg(period, ' ' order by period) as periods
    from annotation
    group by all
),

hidden as (
    select
        dataset || '.' || variable as variable,
        bit_xor(hash(territory, period))::varchar as digest
    from hidden_cell
    group by all
),

targets as (
    select
        indicator,
        string_agg(t::varchar, ' ' order by target) as digest
    from target as t
    group by all
)

select
    i.indicator,
    sha256(concat_ws(
        ' | ',
        i::varchar,
        coalesce(breaks.periods, ''),
        coalesce(targets.digest, ''),
        coalesce(x::varchar, ''),
        coalesce(y::varchar, ''),
        coalesce(x_hidden.digest, ''),
        coalesce(y_hidden.digest, ''),
        common.digest
    )) as fingerprint
from indicator as i
cross join common
left join breaks on breaks.indicator = i.indicator
left join targets on targets.indicator = i.indicator
left join variable_digest as x on x.variable = i.numerator
left join variable_digest as y on y.variable = coalesce(i.denominator, i.weight)
left join hidden as x_hidden on x_hidden.variable = i.numerator
left join hidden as y_hidden on y_hidden.variable = coalesce(i.denominator, i.weight)
