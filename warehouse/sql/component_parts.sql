-- One row for each part of the figures in `$path`, of about `$rows` rows, in the order of their
-- key: a dataset and a range of its variables, without a first one where a row has none.
with counted as (
    select
        dataset,
        variable,
        sum(count(*)) over (partition by dataset order by variable) // $rows as part
    from read_parquet($path)
    group by dataset, variable
)

select
    dataset,
    if(count(variable) = count(*), min(variable), null) as first,
    max(variable) as last
from counted
group by dataset, part
order by dataset, part
