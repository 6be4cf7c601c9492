-- One row: number and money of the selected funded works; `paid_of` is the funding of those whose
-- payments are known.
with work as (
    from selected_funded_works(
        $area, $state, $dataset, $text, $territory, $body, $measure, $place,
        $funding_from, $funding_to, $paid_from, $paid_to, $share_from, $share_to
    )
)

select
    count(*) as works,
    sum(funding) as funding,
    sum(paid) filter (where funding > 0) as paid,
    sum(funding) filter (where funding > 0 and paid is not null) as paid_of,
    count(*) filter (where municipalities > 1) as several,
    count(*) filter (where funding is null) as without_money,
    count(*) filter (where area is null) as without_area,
    min(extracted) as first_extracted,
    max(extracted) as last_extracted,
    (
        select string_agg(distinct dataset, ' ' order by dataset)
        from (select unnest(string_split(datasets, ' ')) as dataset from work)
    ) as datasets
from work
