-- One row per dataset: its files, figures, first and last period, and rejected rows.
with figures as (
    select
        dataset,
        count(*) as figures,
        min_by(period, period_start(period)) as first_period,
        max_by(period, period_start(period)) as last_period
    from component
    group by dataset
),

files as (
    select
        dataset,
        count(*) as files,
        max(fetched) as fetched
    from snapshot group by dataset
),

invented as (
    select distinct dataset
    from project
    left join milestone using (project)
    where project.demonstration or milestone.demonstration
),

rejected as (
    select
        dataset,
        count(*) as refused
    from quarantine group by dataset
)

select
    d.* replace (d.demonstration and i.dataset is not null as demonstration),
    coalesce(files, 0) as files,
    fetched,
    coalesce(figures, 0) as figures,
    first_period,
    last_period,
    coalesce(refused, 0) as refused
from dataset as d
left join files using (dataset)
left join figures using (dataset)
left join rejected using (dataset)
left join invented as i on i.dataset = d.dataset
order by d.dataset
