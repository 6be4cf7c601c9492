-- One row per part and municipality: the figures behind one value, each with its file. `counted`:
-- the municipality has every part that the value requires, and is in its sums.
with members as (
    select territory as member from territory where territory = $territory
    union
    select territory from territory where parent = $territory and level = 'municipality'
    union
    select t.territory
    from territory as t
    join territory as z on z.territory = t.parent
    where z.parent = $territory and t.level = 'municipality'
),

role as (
    select
        indicator,
        align,
        unnest([
            { role: 'numerator', name: numerator },
            {
                role: if(weight is null, 'denominator', 'weight'),
                name: coalesce(denominator, weight)
            }
        ], recursive := true)
    from indicator
    where indicator = $indicator
),

candidate as (
    select
        role.role,
        role.align,
        component.*,
        date_diff('day', period_start(component.period), period_start($period)) as age
    from role
    join component on role.name = component.dataset || '.' || component.variable
    semi join members on members.member = component.territory
),

nearest as (
    select *
    from candidate
    where case
            when role = 'numerator' or align = 'same' then period = $period
            when value is null then false
            when align = 'latest' then age >= 0
            else true
        end
    qualify row_number() over (
            partition by role, territory order by 2 * abs(age) + (age < 0)::int
        ) = 1
)

select
    c.role,
    c.territory,
    t.name,
    t.short,
    c.dataset,
    c.variable,
    c.period,
    c.value,
    c.obs_status,
    bool_and(c.value is not null) over parts
    and count(*) over parts = (select count(name) from role) as counted,
    s.file,
    s.address,
    s.licence,
    s.fetched,
    c.snapshot as sha256
from nearest as c
join territory as t using (territory)
left join snapshot as s on s.snapshot = c.snapshot and s.dataset = c.dataset
window parts as (partition by c.territory)
order by c.role = 'numerator' desc, t.name
