-- One row per observation of the published release, of the indicators of the batch (the variable
-- `batch`), whether they are still declared or not.
from past.observation
where list_contains(getvariable('batch'), indicator)
    -- lets DuckDB skip parts of the file
    and indicator between list_min(getvariable('batch')) and list_max(getvariable('batch'))
