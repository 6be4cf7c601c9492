-- One row per day on which progress of the plan's projects was reported, the latest first.
select
    reported as day,
    count(*) as projects
from progress_report
group by reported
order by day desc
