-- severity: warning
-- it: un progetto che nomina un indicatore non dichiarato
-- en: a project that names an undeclared indicator
select
    project,
    indicator
from project_indicator
anti join indicator using (indicator)
