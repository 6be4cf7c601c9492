-- One row per zone, variable and period with one hidden figure, which would be the zone's less the
-- others: the smallest of the others, above zero where there is one.
with cell as (
    select
        component.dataset,
        component.variable,
        component.period,
        component.territory,
        component.value,
        place.territory as zone,
        hidden_cell.territory is not null as is_hidden
    from component
    semi join (select distinct dataset, variable from hidden_cell) as hidden
        using (dataset, variable)
    join place on place.member = component.territory and place.is_sum and place.level = 'zone'
    left join hidden_cell
        on hidden_cell.dataset = component.dataset
            and hidden_cell.variable = component.variable
            and hidden_cell.territory = component.territory
            and hidden_cell.period = component.period
    where component.value is not null
)

select
    dataset,
    variable,
    arg_min(territory, row(value = 0, value, territory)) filter (not is_hidden) as territory,
    period
from cell
group by dataset, variable, period, zone
having count(*) filter (is_hidden) = 1 and count(*) filter (not is_hidden) > 0
