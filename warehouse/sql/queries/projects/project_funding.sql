-- One row per line of funding of one project, with what is paid of its source if reported.
select
    f.source,
    f.programme,
    f.amount,
    f.secured,
    f.demonstration,
    (
        select arg_max(y.amount, y.period)
        from payment as y
        where y.project = f.project and y.source = f.source and y.amount is not null
    ) as paid
from funding_line as f
where f.project = $project

union all

-- payments of a work from a source that its funding does not have
select
    y.source,
    null,
    null,
    true,
    bool_or(y.demonstration),
    arg_max(y.amount, y.period)
from payment as y
join project as p using (project)
where y.project = $project and p.level = 'funded' and y.amount is not null
    and y.source not in (select f.source from funding_line as f where f.project = $project)
group by y.source
order by secured desc, amount desc nulls last, source
