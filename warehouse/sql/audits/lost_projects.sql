-- severity: error
-- it: progetti del piano che la pubblicazione precedente aveva e questa no
-- en: projects of the plan that the release before had and this has not
-- Projects of the plan which the published release had and this has not: their rows were refused,
-- or their file is gone. An office's own workbook may take the place of the example.
select project, title_it, dataset
from past.project
anti join project using (project)
where level in ('strategic', 'operational') and not demonstration
