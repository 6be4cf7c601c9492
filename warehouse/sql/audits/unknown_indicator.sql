-- severity: warning
-- it: un progetto che nomina un indicatore non dichiarato
-- en: a project that names an indicator which is not declared
-- A project that names an indicator which is not declared, or not yet.
select project, indicator from project_indicator anti join indicator using (indicator)
