-- severity: error
-- it: progetti del piano, non dimostrativi, che la pubblicazione precedente aveva e questa no
-- en: projects of the plan, not of demonstration, that the published release has and this one lacks
-- Their rows were rejected, or their file is gone. An office's own workbook may replace the
-- example: hence not those of demonstration.
select
    project,
    title_it,
    dataset
from past.project
anti join project using (project)
where level in ('strategic', 'operational') and not demonstration
