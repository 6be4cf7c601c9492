-- One row per selected funded work, ordered by one column, the largest first among equals; $count
-- of them from $first on, counted from 0.
with work as (
    select * exclude (territories, zones, words)
    from selected_funded_works(
        $area, $state, $dataset, $text, $territory, $body, $measure, $place,
        $funding_from, $funding_to, $paid_from, $paid_to, $share_from, $share_to
    )
),

keyed as (
    select
        *,
        case $column
            when 'title' then plain(title)
            when 'body' then plain(body)
            when 'place' then if(municipalities = 1, plain(place), null)
            when 'measure' then plain(measure)
            when 'cup' then plain(cup)
        end as key_text,
        case $column
            when 'state' then list_position(
                ['not_started', 'running', 'settled', 'concluded', 'suspended', 'revoked'], state
            )
            when 'funding' then funding
            when 'paid' then paid
            when 'share' then paid_share
        end as key_number
    from work
)

select * exclude (key_text, key_number)
from keyed
order by
    if($descending, null, key_text) nulls last,
    if($descending, key_text, null) desc nulls last,
    if($descending, null, key_number) nulls last,
    if($descending, key_number, null) desc nulls last,
    funding desc nulls last,
    sample,
    project
limit $count offset $first
