-- One row per audit of this release, failed errors first.
select *
from audit_result
order by failures = 0, severity, audit
