-- severity: warning
-- A project that names an indicator which is not declared, or not yet.
select project, indicator from project_indicator anti join indicator using (indicator)
