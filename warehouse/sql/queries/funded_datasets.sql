-- The datasets that speak of funded works, and of how many.
select dataset, count(distinct project) as projects, max(extracted) as extracted
from extraction
group by dataset
order by projects desc
