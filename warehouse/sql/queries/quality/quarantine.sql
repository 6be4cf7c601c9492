-- One row per rejected row of the sources, and why.
select *
from quarantine
order by dataset, file, sheet, line, "column"
