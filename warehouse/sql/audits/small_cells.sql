-- severity: error
-- it: un dato comunale di una o due unità che si legge, o si ricava da un totale
-- en: a municipal figure of one or two units that can be read, or worked out from a total
-- Only of variables that are not public. A figure is worked out where a total and all its parts
-- but one are there. The rows have no value: the release keeps them.
with shown as (
    select
        o.indicator as name,
        o.territory,
        o.period
    from observation as o
    join indicator as i on i.indicator = o.indicator
    join hidden_cell as h on h.territory = o.territory and h.period = o.period
        and h.dataset || '.' || h.variable in (i.numerator, i.denominator, i.weight)
    where o.value is not null
),

part as (
    select
        total.total,
        unnest([total.total, total.part]) as name
    from total
    where relation = 'equal'
),

alone as (
    select
        any_value(h.dataset || '.' || h.variable) as name,
        c.territory,
        c.period
    from (select distinct * from part) as part
    join component as c on c.dataset || '.' || c.variable = part.name
    left join hidden_cell as h using (dataset, variable, territory, period)
    where c.value is not null
    group by part.total, c.territory, c.period
    having count(h.territory) = 1
        and count(*) = (select count(distinct name) from part as p where p.total = part.total)
)

select * from shown
union all
select * from alone
