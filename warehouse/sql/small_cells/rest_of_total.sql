-- One row per declared total, municipality and period with one hidden figure, which the total and
-- the other parts would give away: the smallest part that is not public, above zero where there is
-- one, and the total only where there is no such part.
with member as (
    select
        total,
        unnest([total, part]) as name
    from total
    where relation = 'equal'
),

cell as (
    select distinct
        member.total,
        component.dataset,
        component.variable,
        component.period,
        component.territory,
        component.value,
        member.name = member.total as is_total,
        hidden_cell.territory is not null as is_hidden,
        hidden_cell.territory is null and not variable.public_variable as may_be_hidden
    from member
    join variable on variable.dataset || '.' || variable.variable = member.name
    join component using (dataset, variable)
    left join hidden_cell using (dataset, variable, territory, period)
    where component.value is not null
)

select distinct
    dataset,
    arg_min(variable, row(is_total, value = 0, value, variable)) filter (may_be_hidden)
        as variable,
    territory,
    period
from cell
group by dataset, total, territory, period
having count(*) filter (is_hidden) = 1 and count(*) filter (may_be_hidden) > 0
