-- One row per municipal figure that rests on one or two units of a variable that is not public.
select
    component.dataset,
    component.variable,
    component.territory,
    component.period
from component
join (
    select
        dataset,
        variable
    from variable
    where not public_variable and unit in ('number', 'inhabitants')
) as counted using (dataset, variable)
join (select territory from territory where level = 'municipality') as places using (territory)
where component.value > 0 and component.value < 3
