-- The audits of this release, failed errors first.
from audit_result
order by failures = 0, severity, audit
