-- One row: the last day on which the progress of the plan's projects was extracted.
select max(extracted) as day
from project
where level != 'funded'
