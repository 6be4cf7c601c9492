-- One row per variable: a digest of its figures, whatever their order.
select
    dataset || '.' || variable as variable,
    count(*) as rows,
    sum(hash(territory, period, value, obs_status))::varchar as total,
    bit_xor(hash(territory, period, value, obs_status))::varchar as mixed
from component
group by all
