-- One row per municipality: its residents at the latest date with figures for most of them, the
-- weights of coverage. With no population at all, each municipality weighs the same.
with members as (select distinct member from place where level = 'municipality'),

figure as (
    select
        territory as member,
        period,
        value
    from component
    where dataset = 'population' and variable = 'residents' and value is not null
),

fullest as (
    select period
    from figure
    semi join members using (member)
    group by period
    order by count(*) desc, period_start(period) desc
    limit 1
)

select
    member,
    coalesce(value, 1) as residents
from members
left join (from figure semi join fullest using (period)) using (member)
