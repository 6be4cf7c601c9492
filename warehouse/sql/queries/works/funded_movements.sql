-- One row per work whose payments changed between the last two days on which a source reported
-- them, the largest change first, with the sums of all. Only works of both days have a change;
-- those of one day are counted apart.
with reports as (
    select
        dataset,
        extracted,
        count(*) as works
    from extraction
    where paid is not null
    group by all
),

source as (
    select dataset from reports
    group by dataset
    having count(*) > 1
    order by sum(works) desc
    limit 1
),

days as (
    select
        max(extracted) as last,
        max(extracted) filter (
            where extracted < (select max(extracted) from reports where dataset = (from source))
        ) as first
    from reports
    where dataset = (from source)
),

work as (
    select w.*
    from selected_funded_works(
        $area, $state, $dataset, $text, $territory, $body, $measure, $place,
        $funding_from, $funding_to, $paid_from, $paid_to, $share_from, $share_to
    ) as w
),

paid as (
    select
        project,
        max(paid) filter (where extracted = days.first) as before,
        max(paid) filter (where extracted = days.last) as after
    from extraction, days
    where dataset = (from source) and paid is not null
        and extracted in (days.first, days.last)
    group by project
),

movements as (
    select
        project,
        title,
        before,
        after,
        round(after - before, 2) as change
    from paid
    join work using (project)
)

select
    project,
    title,
    before,
    after,
    change,
    days.first as first,
    days.last as last,
    sum(change) over () as difference,
    count(*) filter (where change > 0) over () as up,
    count(*) filter (where change < 0) over () as down,
    count(*) filter (where change = 0) over () as still,
    count(*) filter (where before is null) over () as came,
    sum(after) filter (where before is null) over () as came_paid,
    count(*) filter (where after is null) over () as gone,
    sum(before) filter (where after is null) over () as gone_paid
from movements, days
order by abs(change) desc nulls last, project
limit 200
