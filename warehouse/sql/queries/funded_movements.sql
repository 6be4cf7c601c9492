-- What moved between the last two days on which one source told what is paid: each work, the
-- largest movement first, beside the sums of all. Works of both days only have a change; those of
-- one day only are counted apart.
with told as (
    select dataset, extracted, count(*) as works
    from extraction
    where paid is not null
    group by all
),

source as (
    select dataset from told
    group by dataset
    having count(*) > 1
    order by sum(works) desc
    limit 1
),

days as (
    select
        max(extracted) as last,
        max(extracted) filter (
            where extracted < (select max(extracted) from told where dataset = (from source))
        ) as first
    from told
    where dataset = (from source)
),

work as (
    select w.*
    from funded_found($area, $state, $dataset, $text) as w
    where
        $territory::varchar is null
        or list_contains(territories, $territory)
        or list_contains(zones, $territory)
        or exists (select 1 from territory where territory = $territory and level = 'metro')
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

moved as (
    select project, title, before, after, round(after - before, 2) as change
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
from moved, days
order by abs(change) desc nulls last, project
limit 200
