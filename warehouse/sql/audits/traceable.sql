-- severity: error
-- it: cifre che non portano a una fonte e a un file
-- en: figures that cannot be traced to a dataset and a file
select
    component.dataset,
    component.variable,
    component.snapshot,
    count(*) as rows
from component
left join dataset on dataset.dataset = component.dataset
left join snapshot on snapshot.snapshot = component.snapshot
where dataset.dataset is null or snapshot.snapshot is null
group by all
