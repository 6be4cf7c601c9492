-- One row per file with rejected rows whose earlier snapshot is still in the release.
select
    q.dataset,
    q.file,
    q.rule,
    s.file as kept,
    s.fetched,
    count(c.period) as figures
from (select distinct dataset, file, rule from quarantine) as q
join snapshot as s on s.dataset = q.dataset and s.file glob q.file
join component as c on c.dataset = s.dataset and c.snapshot = s.snapshot
group by all
order by q.dataset, kept
