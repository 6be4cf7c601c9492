-- The state of one funded work.
select state from funded_work() where project = $project
