-- One row: the thresholds of the projects' states.
select * from progress_rule()
