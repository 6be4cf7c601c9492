-- severity: error
-- it: parti che non fanno il totale dichiarato, o note in troppo pochi luoghi
-- en: parts that do not make up their declared total, or are known in too few places
-- Of a total declared `at_most`, only parts that exceed it.
with figure as (
    select
        dataset || '.' || variable as variable,
        territory,
        period,
        value
    from component
    semi join (select unnest([total, part]) as name from total) as declared
        on declared.name = dataset || '.' || variable
),

-- the periods in which each part has a figure somewhere
reported as (
    select
        t.total,
        f.period
    from total as t
    join figure as f on f.variable = t.part and f.value is not null
    group by t.total, f.period
    having count(distinct t.part)
        = (select count(*) from total as all_of where all_of.total = t.total)
),

cell as (
    select
        t.total,
        t.relation,
        t.tolerance,
        t.coverage,
        whole.territory,
        whole.period,
        any_value(whole.value) as whole,
        sum(part.value) as parts,
        count(part.value) = count(*) as is_complete
    from total as t
    join figure as whole on whole.variable = t.total and whole.value is not null
    left join figure as part
        on part.variable = t.part
            and part.territory = whole.territory
            and part.period = whole.period
    group by t.total, t.relation, t.tolerance, t.coverage, whole.territory, whole.period
),

unequal as (
    select
        total,
        territory,
        period,
        whole,
        parts,
        if(parts > whole, 'the parts are more than the total', 'the parts are less than the total')
            as fault
    from cell
    where parts - whole > tolerance * abs(whole) + 1e-9
        or (relation = 'equal' and is_complete and whole - parts > tolerance * abs(whole) + 1e-9)
),

thin as (
    select
        total,
        null as territory,
        period,
        sum(whole) as whole,
        coalesce(sum(whole) filter (is_complete), 0) as parts,
        'too few places have all parts' as fault
    from cell
    semi join reported using (total, period)
    group by total, period, coverage
    having parts < coverage * sum(whole)
)

select * from unequal
union all
select * from thin
