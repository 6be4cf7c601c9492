-- The residents of every municipality at the latest date on which most of them are known: the
-- weights of coverage. With no population at all each municipality counts the same.
with members as (select distinct member from place where level = 'municipality'),

known as (
    select territory as member, period, value
    from component
    where dataset = 'population' and variable = 'residents' and value is not null
),

fullest as (
    select period
    from known
    semi join members using (member)
    group by period
    order by count(*) desc, period_start(period) desc
    limit 1
)

select member, coalesce(value, 1) as residents
from members
left join (select member, value from known semi join fullest using (period)) using (member)
