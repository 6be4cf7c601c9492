-- One row per source and extraction of one funded work, the newest first.
select
    e.extracted,
    e.dataset,
    e.funding,
    e.paid,
    e.phase,
    s.file,
    d.title_it,
    d.title_en
from extraction as e
left join (select
    snapshot,
    any_value(file) as file
from snapshot group by snapshot) as s
    using (snapshot)
left join dataset as d using (dataset)
where e.project = $project
order by e.extracted desc, e.dataset
