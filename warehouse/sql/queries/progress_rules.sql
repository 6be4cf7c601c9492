-- The thresholds of the states of projects.
select * from progress_rule()
