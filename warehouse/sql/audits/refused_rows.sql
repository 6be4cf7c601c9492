-- severity: warning
-- Rows of the sources that were refused: see the quarantine.
select dataset, file, rule, count(*) as rows from quarantine group by all
