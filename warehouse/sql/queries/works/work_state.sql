-- One row: the state and phase of one funded work.
select
    state,
    phase
from funded_work where project = $project
