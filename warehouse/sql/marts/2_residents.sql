-- One row per municipality: its residents at the latest date with figures for most of them, the
-- weights of coverage; a date with provisional figures counts only where it has more of them. With
-- no population at all, each municipality weighs the same.
with members as (select distinct member from place where level = 'municipality'),

figure as (
    select
        territory as member,
        period,
        value,
        obs_status
    from component
    where dataset = 'population' and variable = 'residents' and value is not null
),

fullest as (
    select period
    from figure
    semi join members using (member)
    group by period
    order by count(*) desc, bool_or(obs_status = 'P'), period_start(period) desc
    limit 1
)

select
    member,
    coalesce(value, 1) as residents
from members
left join (from figure semi join fullest using (period)) using (member)
